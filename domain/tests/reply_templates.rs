//! Reply templates: who keeps them, in which language they are offered, and that customers never see one.

use crate::support::{World, everywhere, on_both};
use domain::Error;
use domain::actor::StaffActor;
use domain::audit::AuditFilter;
use domain::field::{Problem, Problems, Refusal};
use domain::id::{FormKey, ReplyTemplateId};
use domain::reply_template::{COUNT_LIMIT, Purpose, ReplyTemplateInput, TEXT_LIMIT};
use domain::role::Role;
use domain::text::Lang;

fn template(purpose: Purpose, name: &str, text_en: &str, text_de: &str) -> ReplyTemplateInput {
    ReplyTemplateInput { name: name.into(), purpose: purpose.word().into(), text_en: text_en.into(), text_de: text_de.into() }
}

/// Kinds and details of what happened to templates, the oldest first.
async fn history(world: &World, admin: &StaffActor) -> Vec<(String, String)> {
    let office = AuditFilter { subject: "office".into(), ..AuditFilter::default() };
    let entries = world.db.desk(admin).journal(&office).await.unwrap().entries.items;
    let told = entries.into_iter().rev().map(|entry| (entry.log.kind, entry.log.details));
    told.filter(|(kind, _)| kind.starts_with("reply_template_")).collect()
}

#[tokio::test]
async fn g14_managers_keep_templates_and_each_change_is_written_down() {
    on_both(async |world| {
        let (manager, admin) = (world.manager().await, world.staff("Ada", Role::Admin).await);
        let dispatcher = world.staff("Dirk", Role::Dispatcher).await;
        let input = template(Purpose::Question, " Photo ", "Please send a photo.", "Bitte senden Sie ein Foto.");

        let refused = world.db.desk(&dispatcher);
        assert!(matches!(refused.reply_templates().await, Err(Error::Forbidden)), "{}", world.engine);
        assert!(matches!(refused.add_reply_template(&input).await, Err(Error::Forbidden)), "{}", world.engine);
        let nothing = ReplyTemplateId::new();
        assert!(matches!(refused.edit_reply_template(nothing, 1, &input).await, Err(Error::Forbidden)), "{}", world.engine);
        assert!(matches!(refused.remove_reply_template(nothing, 1).await, Err(Error::Forbidden)), "{}", world.engine);

        let desk = world.db.desk(&manager);
        let id = desk.add_reply_template(&input).await.unwrap();
        let kept = desk.reply_templates().await.unwrap();
        assert_eq!(kept.iter().map(|one| (one.name.as_str(), one.purpose)).collect::<Vec<_>>(), [("Photo", Purpose::Question)]);
        let changed = template(Purpose::Question, "Photo", "Please send us a photo.", "");
        world.db.desk(&admin).edit_reply_template(id, kept[0].version, &changed).await.unwrap();
        assert!(matches!(desk.edit_reply_template(id, kept[0].version, &input).await, Err(Error::Conflict)), "{}", world.engine);
        assert!(matches!(desk.remove_reply_template(id, kept[0].version).await, Err(Error::Conflict)), "{}", world.engine);
        let kept = desk.reply_templates().await.unwrap();
        assert_eq!((kept[0].text_en.as_str(), kept[0].text_de.as_str()), ("Please send us a photo.", ""), "{}", world.engine);
        desk.remove_reply_template(id, kept[0].version).await.unwrap();
        assert!(matches!(desk.remove_reply_template(id, kept[0].version).await, Err(Error::NotFound)), "{}", world.engine);
        assert!(matches!(desk.edit_reply_template(id, 1, &input).await, Err(Error::NotFound)), "{}", world.engine);
        assert!(desk.reply_templates().await.unwrap().is_empty(), "{}", world.engine);

        let expected = [
            ("reply_template_added", "Question to the customer"),
            ("reply_template_changed", "Changed: English text, German text"),
            ("reply_template_removed", "Question to the customer"),
        ];
        let expected = expected.map(|(kind, details)| (kind.to_owned(), details.to_owned()));
        assert_eq!(history(&world, &admin).await, expected, "{}", world.engine);
    })
    .await;
}

#[tokio::test]
async fn g14_a_template_needs_a_name_of_its_own_a_purpose_and_an_english_text() {
    on_both(async |world| {
        let manager = world.manager().await;
        let desk = world.db.desk(&manager);
        let good = template(Purpose::Message, "Thanks", "Thank you.", "");
        desk.add_reply_template(&good).await.unwrap();
        // The same name for another purpose is another template.
        desk.add_reply_template(&template(Purpose::Decline, "Thanks", "Thank you all the same.", "")).await.unwrap();
        let long = "x".repeat(TEXT_LIMIT + 1);
        for (input, expected) in [
            (ReplyTemplateInput { name: " ".into(), ..good.clone() }, Problems::of("name", Problem::Missing)),
            (good.clone(), Problems::of("name", Problem::Taken)),
            (ReplyTemplateInput { purpose: String::new(), ..good.clone() }, Problems::of("purpose", Problem::NothingChosen)),
            (ReplyTemplateInput { purpose: "note".into(), ..good.clone() }, Problems::of("purpose", Problem::NotAChoice)),
            (template(Purpose::Message, "German", "", "Vielen Dank."), Problems::of("text_en", Problem::Missing)),
            (template(Purpose::Message, "Long", "Thanks", &long), Problems::of("text_de", Problem::TooLong { most: TEXT_LIMIT })),
        ] {
            match desk.add_reply_template(&input).await {
                Err(Error::Invalid(problems)) => assert_eq!(problems, expected, "{}", world.engine),
                other => panic!("no problems but {other:?}"),
            }
        }
        for n in 2..COUNT_LIMIT {
            desk.add_reply_template(&template(Purpose::Message, &format!("Number {n}"), "Hello", "")).await.unwrap();
        }
        match desk.add_reply_template(&template(Purpose::Message, "One too many", "Hello", "")).await {
            Err(Error::Invalid(problems)) => assert_eq!(problems, Problems::of("", Problem::Refused(Refusal::TooManyTemplates))),
            other => panic!("no refusal but {other:?}"),
        }
        assert_eq!(desk.reply_templates().await.unwrap().len(), COUNT_LIMIT, "{}", world.engine);
    })
    .await;
}

#[tokio::test]
async fn r14_templates_are_offered_in_the_language_of_the_one_who_asked() {
    on_both(async |world| {
        let manager = world.manager().await;
        let customer = world.customer(&manager, "Acme").await;
        let location = world.location(&manager, customer, "North").await;
        let ana = world.contact(&manager, customer, "Ana", &everywhere()).await;
        // A colleague's language is nobody's business here.
        let ben = world.contact(&manager, customer, "Ben", &everywhere()).await;
        world.db.portal(&ben).set_profile("Ben", "", "de").await.unwrap();
        let desk = world.db.desk(&manager);
        let photo = template(Purpose::Question, "Photo", "Please send a photo.", "Bitte senden Sie ein Foto.");
        desk.add_reply_template(&photo).await.unwrap();
        desk.add_reply_template(&template(Purpose::Decline, "Too far", "We do not work there.", "")).await.unwrap();
        let request = world.request(&ana, location, "Leak").await;

        let texts = async || {
            let request = world.db.desk(&manager).request(request).await.unwrap();
            let mut texts: Vec<_> = request.templates.into_iter().map(|text| (text.purpose, text.body, text.lang)).collect();
            texts.sort();
            (request.contact_lang, texts)
        };
        let question = |body: &str, lang| (Purpose::Question, body.to_owned(), lang);
        let decline = || (Purpose::Decline, "We do not work there.".to_owned(), Lang::En);
        assert_eq!(texts().await, (Lang::En, vec![question("Please send a photo.", Lang::En), decline()]), "{}", world.engine);
        world.db.portal(&ana).set_profile("Ana", "", "de").await.unwrap();
        assert_eq!(texts().await, (Lang::De, vec![question("Bitte senden Sie ein Foto.", Lang::De), decline()]), "{}", world.engine);

        // Staff of each role are offered them; a customer reads what was sent, and no template.
        let dispatcher = world.staff("Dirk", Role::Dispatcher).await;
        assert_eq!(world.db.desk(&dispatcher).request(request).await.unwrap().templates.len(), 2, "{}", world.engine);
        desk.send_message(request, FormKey::new(), "Bitte senden Sie ein Foto der Tür.").await.unwrap();
        let seen = format!("{:?}", world.db.portal(&ana).request(request).await.unwrap());
        assert!(seen.contains("Foto der Tür") && !seen.contains("Too far") && !seen.contains("We do not work there"), "{}", world.engine);
    })
    .await;
}
