//! A report's own text: written and approved inside, never shown in the portal.

use domain::id::ReportId;
use domain::report::{BODY_LIMIT, DeskReport, SUMMARY_LIMIT};
use domain::role::Act;
use domain::session::StaffMe;
use leptos::form::ActionForm;
use leptos::prelude::*;

use crate::desk::text;
use crate::error::AppError;
use crate::ui::form::{FormErrors, TextArea, use_form};
use crate::ui::icon::Icon;
use crate::ui::lang::{t, use_lang};
use crate::ui::news::use_news;
use crate::ui::record::{Notice, Prose};

#[cfg(feature = "ssr")]
use crate::ctx::{StaffSession, redirect};

#[server(prefix = "/api/desk", endpoint = "save_report")]
pub async fn save_report(id: ReportId, version: i64, #[server(default)] body: String) -> Result<(), AppError> {
    Ok(StaffSession::current().await?.desk().save_report(id, version, &body).await?)
}

#[server(prefix = "/api/desk", endpoint = "approve_report")]
pub async fn approve_report(id: ReportId, version: i64) -> Result<(), AppError> {
    Ok(StaffSession::current().await?.desk().approve_report(id, version).await?)
}

#[server(prefix = "/api/desk", endpoint = "send_back_report")]
pub async fn send_back_report(id: ReportId, version: i64, #[server(default)] note: String) -> Result<(), AppError> {
    StaffSession::current().await?.desk().send_back(id, version, &note).await?;
    redirect(&format!("/desk/reports/{id}"));
    Ok(())
}

acts!(pub WritingActs { save: SaveReport, approve: ApproveReport, send_back: SendBackReport });

/// Somebody else saved first: the page loads again, and what was typed outlasts it. Call it at the top of the page.
pub fn keep_when_overtaken(acts: WritingActs) {
    let news = use_news();
    Effect::new(move |_| {
        if acts.save.value().with(|end| matches!(end, Some(Err(AppError::Conflict)))) {
            news.wanted();
        }
    });
}

#[component]
pub fn ReportText(me: StaffMe, report: DeskReport, acts: WritingActs, open: Memo<String>) -> impl IntoView {
    let form = use_form(acts.save);
    let (id, version, body) = (report.id, report.version, report.body.clone());
    // The one primary act: approving, for those who may.
    let save_class = if report.approved || me.role.may(Act::ApproveReport) { "" } else { "primary" };
    view! {
        <section class="internal" aria-labelledby="report-text">
            <h2 id="report-text"><Icon name="lock" />" " {t(text::REPORT_TEXT)}</h2>
            <p>{t(text::NEVER_IN_PORTAL)}</p>
            <RevisionState report=report.clone() />
            <FormErrors form=form.clone() />
            <Overtaken report=report.clone() overtaken=form.is_overtaken() />
            <ActionForm action=acts.save>
                <input type="hidden" name="id" value=id.to_string() />
                <input type="hidden" name="version" value=version.to_string() />
                <TextArea form name="body" label=text::REPORT_TEXT value=body rows=14 maxlength=BODY_LIMIT hide_label=true />
                {report.approved.then(|| view! { <p class="hint">{t(text::EDIT_BEGINS_REVISION)}</p> })}
                <div class="actions">
                    <button class=save_class>{t(text::SAVE_REPORT)}</button>
                </div>
            </ActionForm>
            {(!report.approved).then(|| view! { <Approval me report acts open /> })}
        </section>
    }
}

/// After a conflict: what somebody else saved, beside what is typed. Saving again keeps one's own, the link takes theirs.
#[component]
fn Overtaken(report: DeskReport, overtaken: Signal<bool>) -> impl IntoView {
    let edited = text::EDITED_BY.fill(use_lang(), &[("name", &report.editor_name), ("date", &report.edited.text)]);
    move || {
        let (edited, theirs) = (edited.clone(), report.body.clone());
        overtaken.get().then(|| {
            view! {
                <div class="notice" data-tone="amber">
                    <Icon name="alert" />
                    <div>
                        <h3>{edited}</h3>
                        <p>{t(text::SAVING_REPLACES)}</p>
                        <Prose text=theirs />
                        // A full load, so that nothing of what is typed stays.
                        <p><a class="button small" href=format!("/desk/reports/{}", report.id) rel="external">{t(text::TAKE_THEIRS)}</a></p>
                    </div>
                </div>
            }
        })
    }
}

/// Which revision this is, whose, and what came of it.
#[component]
fn RevisionState(report: DeskReport) -> impl IntoView {
    let lang = use_lang();
    let number = report.revision.to_string();
    let state = match (report.approved, &report.approver_name) {
        (true, Some(name)) => text::REVISION_APPROVED_BY.fill(lang, &[("n", &number), ("name", name)]),
        (true, None) => text::REVISION_APPROVED.fill(lang, &[("n", &number)]),
        (false, _) => text::REVISION_DRAFT.fill(lang, &[("n", &number)]),
    };
    let edited = text::EDITED_BY.fill(lang, &[("name", &report.editor_name), ("date", &report.edited.text)]);
    view! {
        <p>{state} " " {edited}</p>
        {report
            .sent_back_note
            .map(|note| {
                view! {
                    <div class="notice" data-tone="amber">
                        <Icon name="undo" />
                        <div>
                            <h3>{t(text::SENT_BACK)}</h3>
                            <Prose text=note />
                        </div>
                    </div>
                }
            })}
    }
}

/// Approving a draft or giving it back: for managers, and not for its last editor.
#[component]
fn Approval(me: StaffMe, report: DeskReport, acts: WritingActs, open: Memo<String>) -> impl IntoView {
    if !me.role.may(Act::ApproveReport) {
        return view! { <p class="hint">{t(text::MANAGER_APPROVES)}</p> }.into_any();
    }
    if report.own_edit {
        return view! { <Notice tone="blue" icon="info" text=t(text::OWN_EDIT) /> }.into_any();
    }
    let (id, version, form) = (report.id, report.version, use_form(acts.approve));
    view! {
        <FormErrors form />
        <ActionForm action=acts.approve>
            <input type="hidden" name="id" value=id.to_string() />
            <input type="hidden" name="version" value=version.to_string() />
            <div class="actions">
                <button class="primary">{t(text::APPROVE_REPORT)}</button>
                <a class="button" href=format!("/desk/reports/{id}?form=send-back#form")>{t(text::SEND_BACK)}</a>
            </div>
        </ActionForm>
        {move || (open.get() == "send-back").then(|| view! { <SendBack id version send_back=acts.send_back /> })}
    }
    .into_any()
}

#[component]
fn SendBack(id: ReportId, version: i64, send_back: ServerAction<SendBackReport>) -> impl IntoView {
    let form = use_form(send_back);
    view! {
        <section id="form">
            <h3>{t(text::SEND_BACK)}</h3>
            <FormErrors form=form.clone() />
            <ActionForm action=send_back>
                <input type="hidden" name="id" value=id.to_string() />
                <input type="hidden" name="version" value=version.to_string() />
                <TextArea form name="note" label=text::SEND_BACK_NOTE rows=3 maxlength=SUMMARY_LIMIT />
                <div class="actions">
                    <button>{t(text::SEND_BACK)}</button>
                    <a class="button quiet" href=format!("/desk/reports/{id}")>{t(text::NOT_NOW)}</a>
                </div>
            </ActionForm>
        </section>
    }
}
