//! Settings: one's own account, who may do what, reply templates, the company, its brand and words, the staff.

use domain::brand::BrandSettings;
use domain::company::CompanySettings;
use domain::reply_template::ReplyTemplate;
use domain::role::Act;
use domain::session::{SessionView, StaffMe};
use domain::staff::StaffRow;
use domain::status_word::StatusWords;
use domain::text::Text;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use crate::desk::frame::{Page, open_form};
use crate::desk::text;
use crate::error::AppError;
use crate::ui::form::successes;
use crate::ui::lang::t;
use crate::ui::load::{Loaded, in_query};
use crate::ui::record::{PageHead, Tabs};

mod account;
mod brand;
mod company;
mod roles;
mod sessions;
mod staff;
mod status_words;
mod templates;

use account::{Account, ChangeStaffPassword};
use brand::{BrandForm, EditBrand, load_brand};
use company::{CompanyForm, EditCompany, load_company};
use roles::RoleTable;
use sessions::{EndStaffSession, load_staff_sessions};
use staff::{Staff, StaffActs, load_staff};
use status_words::{StatusWordsForm, load_status_words};
use templates::{TemplateActs, Templates, load_reply_templates};

/// The query's `part` of the tabs.
const STAFF: &str = "staff";
const ROLES: &str = "roles";
const TEMPLATES: &str = "templates";
const COMPANY: &str = "company";
const BRAND: &str = "brand";
const WORDS: &str = "words";

/// What the chosen tab shows. A tab asks only for what its readers may have.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
enum Tab {
    Account(Vec<SessionView>),
    Roles,
    Templates(Vec<ReplyTemplate>),
    Company(CompanySettings),
    Brand(BrandSettings),
    Words(StatusWords),
    Staff(Vec<StaffRow>),
}

impl Tab {
    async fn load(part: String) -> Result<Self, AppError> {
        Ok(match part.as_str() {
            STAFF => Self::Staff(load_staff().await?),
            COMPANY => Self::Company(load_company().await?),
            TEMPLATES => Self::Templates(load_reply_templates().await?),
            BRAND => Self::Brand(load_brand().await?),
            WORDS => Self::Words(load_status_words().await?),
            ROLES => Self::Roles,
            _ => Self::Account(load_staff_sessions().await?),
        })
    }

    /// Its address.
    const fn href(&self) -> &'static str {
        match self {
            Self::Account(_) => "/desk/settings",
            Self::Roles => "/desk/settings?part=roles",
            Self::Templates(_) => templates::HERE,
            Self::Company(_) => "/desk/settings?part=company",
            Self::Brand(_) => "/desk/settings?part=brand",
            Self::Words(_) => "/desk/settings?part=words",
            Self::Staff(_) => "/desk/settings?part=staff",
        }
    }
}

#[component]
pub fn SettingsPage() -> impl IntoView {
    let (part, open) = (in_query("part"), open_form());
    let (acts, password) = (StaffActs::new(), ServerAction::<ChangeStaffPassword>::new());
    let (company, brand, template_acts) = (ServerAction::<EditCompany>::new(), ServerAction::<EditBrand>::new(), TemplateActs::new());
    let end = ServerAction::<EndStaffSession>::new();
    let (saved, branded, ended) = (successes(company), successes(brand), successes(end));
    let resource: Loaded<Tab> = Resource::new(
        move || (part.get(), acts.done(), saved.get(), branded.get(), ended.get(), template_acts.done()),
        |(part, ..)| Tab::load(part),
    );
    Effect::new(move |_| {
        open.track();
        acts.forget();
        template_acts.forget();
    });
    let view = move |me: StaffMe, tab: Tab| {
        let here = tab.href();
        let content = match tab {
            Tab::Account(sessions) => view! { <Account me=me.clone() sessions password end /> }.into_any(),
            Tab::Roles => view! { <RoleTable /> }.into_any(),
            Tab::Templates(templates) => view! { <Templates templates acts=template_acts open /> }.into_any(),
            Tab::Company(settings) => view! { <CompanyForm company=settings edit=company /> }.into_any(),
            Tab::Brand(settings) => view! { <BrandForm brand=settings edit=brand /> }.into_any(),
            Tab::Words(words) => view! { <StatusWordsForm words /> }.into_any(),
            Tab::Staff(staff) => view! { <Staff staff acts end open /> }.into_any(),
        };
        view! {
            <PageHead title=t(text::SETTINGS) />
            <Tabs label=text::SETTINGS tabs=tabs(&me) here />
            {content}
        }
    };
    view! { <Page resource view /> }
}

/// The reader's tabs, as pairs of address and name.
fn tabs(me: &StaffMe) -> Vec<(String, String)> {
    let tab = |part: &str, label: Text| (format!("/desk/settings?part={part}"), t(label).to_owned());
    let mut tabs = vec![("/desk/settings".to_owned(), t(text::YOUR_ACCOUNT).to_owned()), tab(ROLES, text::ROLES)];
    if me.role.may(Act::KeepTemplates) {
        tabs.push(tab(TEMPLATES, text::TEMPLATES));
    }
    if me.role.may(Act::Administer) {
        tabs.extend([tab(COMPANY, text::COMPANY), tab(BRAND, text::BRAND), tab(WORDS, text::STATUS_WORDS), tab(STAFF, text::STAFF)]);
    }
    tabs
}
