//! What staff type about work, wherever it is created or edited.

use domain::request::{TEXT_LIMIT, TITLE_LIMIT};
use domain::target::TargetInput;
use leptos::prelude::*;

use crate::desk::text;
use crate::ui::form::{FormState, TextArea, TextField};

/// The fields of a [`TargetInput`], sent as the argument `work`.
#[component]
pub fn WorkFields(form: FormState, work: TargetInput) -> impl IntoView {
    view! {
        <TextField
            form=form.clone()
            name="title"
            within="work"
            label=text::WORK_TITLE
            hint=text::NEVER_IN_PORTAL
            value=work.title
            maxlength=TITLE_LIMIT
        />
        <TextField
            form=form.clone()
            name="public_title"
            within="work"
            label=text::WORK_PUBLIC_TITLE
            hint=text::CUSTOMER_READS_THIS
            value=work.public_title
            maxlength=TITLE_LIMIT
        />
        <div class="internal">
            <TextArea
                form=form.clone()
                name="dispatch_note"
                within="work"
                label=text::WORK_NOTE
                hint=text::NEVER_IN_PORTAL
                value=work.dispatch_note
                rows=3
                maxlength=TEXT_LIMIT
            />
            <div class="field-row">
                <TextField form=form.clone() name="billing_code" within="work" label=text::WORK_BILLING value=work.billing_code />
                <TextField
                    form
                    name="routing_score"
                    within="work"
                    label=text::WORK_SCORE
                    value=work.routing_score
                    kind="number"
                    short=true
                />
            </div>
        </div>
    }
}
