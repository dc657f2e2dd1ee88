//! The portal's pages in parts. A release bundle loads a part when one of its pages is first opened, so that a first visit waits for
//! little; everywhere else a page is called directly.

use leptos::prelude::*;
use leptos_router::ChooseView;

use crate::portal::{
    account, appointments, follow_ups, home, invitation, locations, new_request, reports, requests, sign_in, timeline, unsubscribe, welcome,
};

/// A part: its pages, and the function that shows one of them, which a split bundle has in a file of its own.
macro_rules! part {
    ($(#[$doc:meta])* $part:ident, $show:ident { $($page:ident => $module:ident::$component:ident,)+ }) => {
        $(#[$doc])*
        #[derive(Clone, Copy)]
        pub enum $part {
            $($page,)+
        }

        #[cfg_attr(feature = "split", leptos::lazy)]
        fn $show(page: $part) -> AnyView {
            match page {
                $($part::$page => view! { <$module::$component /> }.into_any(),)+
            }
        }

        impl ChooseView for $part {
            async fn choose(self) -> AnyView {
                #[cfg(feature = "split")]
                return $show(self).await;
                #[cfg(not(feature = "split"))]
                $show(self)
            }

            async fn preload(&self) {}
        }
    };
}

part! {
    /// What leads into the portal, and out of its mails.
    Entry, entry {
        SignIn => sign_in::SignInPage,
        Forgotten => sign_in::ForgottenPage,
        Reset => sign_in::ResetPage,
        Invitation => invitation::InvitationPage,
        Welcome => welcome::WelcomePage,
        Unsubscribe => unsubscribe::UnsubscribePage,
    }
}

part! {
    /// The first page behind the sign-in.
    Start, start {
        Home => home::HomePage,
    }
}

part! {
    /// The lists that the navigation leads to.
    Lists, lists {
        Requests => requests::RequestsPage,
        Appointments => appointments::AppointmentsPage,
        OpenWork => appointments::OpenWorkPage,
        Reports => reports::ReportsPage,
        FollowUps => follow_ups::FollowUpsPage,
        Timeline => timeline::TimelinePage,
    }
}

part! {
    /// One request, appointment, report or location.
    Records, records {
        Request => requests::RequestPage,
        Appointment => appointments::AppointmentPage,
        Report => reports::ReportPage,
        Location => locations::LocationPage,
    }
}

part! {
    /// Writing a request.
    NewRequest, new_request {
        Start => new_request::StartPage,
        Draft => new_request::DraftPage,
    }
}

part! {
    /// The contact's own account.
    Account, account {
        Settings => account::AccountPage,
        Access => account::AccessPage,
        Notifications => account::NotificationsPage,
    }
}
