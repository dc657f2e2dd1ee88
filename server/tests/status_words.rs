//! The company's own words for public statuses on the portal's pages, and the form that sets them.

use crate::support::{Browser, Server};
use domain::appointment::SlotInput;
use domain::clock::{Clock, Zone};
use domain::role::Role;
use domain::target::TargetInput;

/// Says one word by the form of the settings, as a browser without script sends it.
async fn say(admin: &mut Browser, field: &str, word: &str) {
    let page = admin.get("/desk/settings?part=words").await.text();
    let name = format!("words[{field}]");
    let answer = admin.post("/api/desk/edit_status_words", &[("version", version(&page)), (name.as_str(), word)]).await;
    assert_eq!(answer.location(), "/desk/settings?part=words&changed=words");
}

/// The version that the form of a page refers to.
fn version(page: &str) -> &str {
    let (_, version) = page.split_once("name=\"version\" value=\"").unwrap();
    version.split('"').next().unwrap()
}

#[tokio::test]
async fn w2_the_portal_says_the_own_words_and_promise_11_they_are_inert() {
    let server = Server::start().await;
    let mara = server.staff("mara", Role::Manager).await;
    let (mut ines, location) = server.contact(&mara, "ines").await;
    let desk = server.running.db.desk(&mara);
    let work = TargetInput { title: "Work".into(), public_title: "Maintenance".into(), ..TargetInput::default() };
    let target = desk.create_target(location, &work).await.unwrap();
    let date = Clock::System.now().plus(2 * 86_400).date_in(&Zone::stored("Europe/Berlin")).to_string();
    let slot = SlotInput { date, from: "08:00".into(), until: "10:00".into(), ..SlotInput::default() };
    desk.schedule(target, desk.target(target).await.unwrap().version, &slot, true).await.unwrap();
    assert!(ines.get("/appointments").await.text().contains("Appointment scheduled"));

    let mut admin = server.signed_in("ada", Role::Admin).await;
    say(&mut admin, "appointment_scheduled-en", "<script>alert(1)</script>").await;
    let page = ines.get("/appointments").await.text();
    assert!(page.contains("&lt;script&gt;alert(1)") && !page.contains("<script>alert(1)"), "{page}");
    assert!(!page.contains("Appointment scheduled"), "{page}");

    // A request's words are in the list's filter too.
    say(&mut admin, "submitted-en", "With us").await;
    let page = ines.get("/requests?status=submitted").await.text();
    assert!(page.contains("With us") && !page.contains("Submitted</option>"), "{page}");
    // The form says all anew: what it did not send has the product's word again.
    assert!(ines.get("/appointments").await.text().contains("Appointment scheduled"));

    // Refused, it comes back with what was typed.
    let long = "x".repeat(60);
    let page = admin.get("/desk/settings?part=words").await.text();
    let fields = [("version", version(&page)), ("words[submitted-en]", long.as_str())];
    let back = admin.post("/api/desk/edit_status_words", &fields).await;
    assert_eq!(back.location(), "/desk/settings?part=words");
    let page = admin.get("/desk/settings?part=words").await.text();
    assert!(page.contains("The limit is 40 characters.") && page.contains(&long), "{page}");
}
