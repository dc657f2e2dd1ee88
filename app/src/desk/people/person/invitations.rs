//! The invitations that a person got.

use domain::grant::{ContactState, DeskPerson, InvitationRow};
use domain::invitation::InvitationState;
use domain::text::Text;
use leptos::form::ActionForm;
use leptos::prelude::*;

use crate::desk::people::person::Acts;
use crate::desk::text;
use crate::ui::form::{FormErrors, use_form};
use crate::ui::lang::{t, use_lang};
use crate::ui::record::Status;

#[component]
pub fn Invitations(person: DeskPerson, may_manage: bool, acts: Acts) -> impl IntoView {
    let (resend, revoke) = (use_form(acts.resend), use_form(acts.revoke));
    let waiting = may_manage && person.state == ContactState::Invited;
    let standing = person.invitations.first().is_some_and(|newest| newest.state != InvitationState::Revoked);
    let id = person.id;
    let rows = person.invitations.into_iter().map(|invitation| view! { <li><Invitation invitation /></li> });
    view! {
        <section aria-labelledby="invitations">
            <h2 id="invitations">{t(text::INVITATIONS)}</h2>
            <FormErrors form=resend />
            <FormErrors form=revoke />
            <ul class="rows">{rows.collect_view()}</ul>
            {waiting
                .then(|| {
                    view! {
                        <div class="actions">
                            <ActionForm action=acts.resend>
                                <input type="hidden" name="id" value=id.to_string() />
                                <button>{t(text::RESEND)}</button>
                            </ActionForm>
                            {standing
                                .then(|| {
                                    view! {
                                        <ActionForm action=acts.revoke>
                                            <input type="hidden" name="id" value=id.to_string() />
                                            <button class="danger">{t(text::REVOKE)}</button>
                                        </ActionForm>
                                    }
                                })}
                        </div>
                        <p class="hint">{t(text::RESEND_HINT)}</p>
                    }
                })}
        </section>
    }
}

#[component]
fn Invitation(invitation: InvitationRow) -> impl IntoView {
    let lang = use_lang();
    let (label, tone, shape): (Text, _, _) = match invitation.state {
        InvitationState::Pending => (text::INVITATION_PENDING, "blue", "◐"),
        InvitationState::Accepted => (text::INVITATION_ACCEPTED, "green", "✓"),
        InvitationState::Expired => (text::INVITATION_EXPIRED, "amber", "!"),
        InvitationState::Revoked => (text::INVITATION_REVOKED, "grey", "–"),
    };
    let by = text::INVITED_BY.fill(lang, &[("name", &invitation.invited_by), ("date", &invitation.created.text)]);
    let waits = invitation.state == InvitationState::Pending && invitation.sent.is_none();
    let sent = invitation.sent.map(|sent| text::MAIL_SENT.fill(lang, &[("date", &sent.text)]));
    let expires = text::INVITATION_UNTIL.fill(lang, &[("date", &invitation.expires.text)]);
    view! {
        <div class="row">
            <span class="row-title">{by}</span>
            <span class="row-meta">{waits.then(|| t(text::MAIL_WAITS))}{sent} " " {expires}</span>
            <span class="row-end"><Status label tone shape /></span>
        </div>
    }
}
