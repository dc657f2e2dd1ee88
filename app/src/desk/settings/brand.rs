//! What the portal wears of its company: the accent colour and the logo.

use domain::brand::{BrandSettings, Logo};
use domain::field::decimal;
use leptos::form::ActionForm;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use crate::desk::text;
use crate::error::AppError;
use crate::ui::form::{FieldError, FormErrors, TextField, use_form, use_plain_form};
use crate::ui::lang::{t, use_lang};
use crate::ui::load::in_query;
use crate::ui::record::Notice;

#[cfg(feature = "ssr")]
use crate::ctx::{StaffSession, redirect};

#[server(prefix = "/api/desk", endpoint = "brand")]
pub async fn load_brand() -> Result<BrandSettings, AppError> {
    Ok(StaffSession::current().await?.desk().brand().await?)
}

#[server(prefix = "/api/desk", endpoint = "edit_brand")]
pub async fn edit_brand(version: i64, #[server(default)] accent: String) -> Result<(), AppError> {
    StaffSession::current().await?.desk().edit_brand(version, &accent).await?;
    redirect("/desk/settings?part=brand&changed=brand");
    Ok(())
}

#[server(prefix = "/api/desk", endpoint = "remove_logo")]
pub async fn remove_logo(version: i64) -> Result<(), AppError> {
    StaffSession::current().await?.desk().remove_logo(version).await?;
    redirect("/desk/settings?part=brand&changed=brand");
    Ok(())
}

/// Where a logo is sent.
const LOGO_UPLOAD: &str = "/desk/settings/logo";

#[component]
pub fn BrandForm(brand: BrandSettings, edit: ServerAction<EditBrand>) -> impl IntoView {
    let form = use_form(edit);
    let saved = in_query("changed").with_untracked(|changed| changed == "brand");
    let shades = brand.shades.into_iter().zip([text::ON_LIGHT, text::IN_THE_DARK]).map(|((hex, contrast), label)| {
        let contrast = text::CONTRAST.fill(use_lang(), &[("ratio", &decimal(contrast, use_lang()))]);
        view! {
            <div>
                <dt>{t(label)}</dt>
                // An attribute of SVG, since no page may have inline styles.
                <dd><svg class="swatch" aria-hidden="true"><rect width="100%" height="100%" fill=hex.clone() /></svg> " " {hex} " · " {contrast}</dd>
            </div>
        }
    });
    let shades = shades.collect_view();
    view! {
        <section class="column" id="form">
            <h2>{t(text::BRAND)}</h2>
            {saved.then(|| view! { <div role="status"><Notice tone="green" icon="check" text=t(text::BRAND_SAVED) /></div> })}
            <p class="lede">{t(text::BRAND_LEDE)}</p>
            <FormErrors form=form.clone() />
            <ActionForm action=edit>
                <input type="hidden" name="version" value=brand.version.to_string() />
                <TextField form name="accent" label=text::ACCENT hint=text::ACCENT_HINT value=brand.accent autocomplete="off" short=true />
                <div class="actions">
                    <button class="primary">{t(text::SAVE)}</button>
                </div>
            </ActionForm>
            {(!shades.is_empty()).then(|| view! { <dl class="facts">{shades}</dl> })}
            <LogoForms version=brand.version logo=brand.logo />
        </section>
    }
}

/// Plain forms: files stream to a route of their own.
#[component]
fn LogoForms(version: i64, logo: Option<Logo>) -> impl IntoView {
    let (form, remove) = (use_plain_form(LOGO_UPLOAD), use_plain_form(RemoveLogo::url()));
    let problem = form.problem("file", text::LOGO);
    let current = logo.map(|logo| {
        let (width, height) = (logo.width.to_string(), logo.height.to_string());
        view! {
            <p class="brand"><img src=logo.address() alt=t(text::LOGO_NOW) width=width height=height /></p>
            <form method="post" action=RemoveLogo::url()>
                <input type="hidden" name="version" value=version.to_string() />
                <button>{t(text::REMOVE_LOGO)}</button>
            </form>
        }
    });
    view! {
        <section aria-labelledby="logo">
            <h3 id="logo">{t(text::LOGO)}</h3>
            <FormErrors form=remove />
            <FormErrors form />
            {current}
            <form method="post" enctype="multipart/form-data" action=LOGO_UPLOAD>
                <input type="hidden" name="version" value=version.to_string() />
                <div class="field">
                    <label for="file">{t(text::LOGO_FILE)}</label>
                    <p class="hint" id="file-hint">{t(text::LOGO_HINT)}</p>
                    <FieldError name="file" problem />
                    <input id="file" type="file" name="file" accept="image/png,image/jpeg" aria-describedby="file-hint file-error" />
                </div>
                <div class="actions">
                    <button>{t(text::SET_LOGO)}</button>
                </div>
            </form>
        </section>
    }
}
