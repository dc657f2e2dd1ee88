//! The office's reply templates.

use domain::actor::Desk;
use domain::reply_template::{Purpose, ReplyTemplateInput};

use crate::Result;

/// Purpose, name, English and German text.
const TEMPLATES: &[(Purpose, &str, &str, &str)] = &[
    (
        Purpose::Message,
        "Date follows",
        "Thank you for your request. We will propose a date by tomorrow evening.",
        "Vielen Dank für Ihre Anfrage. Bis morgen Abend schlagen wir einen Termin vor.",
    ),
    (
        Purpose::Message,
        "Part is ordered",
        "The spare part is ordered and arrives in about three working days. We then tell you the date of the repair.",
        "Das Ersatzteil ist bestellt und kommt in etwa drei Werktagen. Danach nennen wir Ihnen den Termin der Reparatur.",
    ),
    (
        Purpose::Question,
        "Photo, please",
        "Could you send us a photo of the device and its type plate? Then we bring the right part along.",
        "Könnten Sie uns ein Foto des Geräts und seines Typenschilds senden? Dann bringen wir gleich das richtige Teil mit.",
    ),
    (
        Purpose::Question,
        "Who opens the door",
        "Who can let our technician in, and at which number do we reach that person?",
        "Wer kann unseren Techniker hereinlassen, und unter welcher Nummer erreichen wir diese Person?",
    ),
    (
        Purpose::Decline,
        "Not in the contract",
        "This work is not part of your maintenance contract. We gladly send you an offer for it.",
        "Diese Arbeit gehört nicht zu Ihrem Wartungsvertrag. Gern senden wir Ihnen dafür ein Angebot.",
    ),
    (
        Purpose::Decline,
        "Known already",
        "We know of this already and are working on it. You find it under the earlier request.",
        "Das ist uns schon bekannt, und wir arbeiten daran. Sie finden es unter der früheren Anfrage.",
    ),
];

/// Keeps them, for somebody who may.
pub async fn keep(desk: &Desk<'_>) -> Result<()> {
    for (purpose, name, text_en, text_de) in TEMPLATES {
        let input = ReplyTemplateInput {
            name: (*name).into(),
            purpose: purpose.word().into(),
            text_en: (*text_en).into(),
            text_de: (*text_de).into(),
        };
        desk.add_reply_template(&input).await?;
    }
    Ok(())
}
