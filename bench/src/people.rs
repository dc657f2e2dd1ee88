//! The large customer with its locations and the three contacts that are asked as, made through the same doors that people use.

use std::path::Path;

use domain::actor::StaffActor;
use domain::clock::Clock;
use domain::customer::{CustomerInput, LocationInput};
use domain::db::Db;
use domain::grant::{GrantInput, PersonInput};
use domain::id::{ContactId, CustomerId, LocationId, StaffId, Token};
use domain::mail::Mailer;
use domain::staff::StaffInput;
use domain::system::System;
use domain::throttle::Client;
use server::config::Base;

use crate::Result;

const PASSWORD: &str = "seven-lanterns-at-dusk";
/// Locations of the large customer.
const LOCATIONS: usize = 2_000;
/// Every tenth of them is given to the contact who has some.
const EVERY: usize = 10;

/// Who there is before the bulk comes.
pub struct People {
    pub staff: StaffId,
    pub customer: CustomerId,
    /// The first one is everybody's.
    pub locations: Vec<LocationId>,
    pub contacts: Vec<Person>,
}

/// Somebody to ask as.
pub struct Person {
    pub name: &'static str,
    pub id: ContactId,
    pub session: Token,
}

/// Makes the schema and the people.
pub async fn make(base: &Base) -> Result<People> {
    let (db, system) = Db::open(&base.storage(), base.settings(), Clock::System).await?;
    system.migrate().await?;
    if !system.is_empty().await? {
        return Err("there is something in this database: the bench wants an empty one".into());
    }
    system.set_company("Northlight Building Services", "+49 30 5550 112").await?;
    let input =
        StaffInput { name: "Ada Lind".into(), email: "admin@bench.example".into(), role: "admin".into(), password: PASSWORD.into() };
    let staff = system.add_staff(&input).await?;
    let token = db.anonymous().sign_in_staff("admin@bench.example", PASSWORD, &here()).await?;
    let admin = db.staff_actor(&token).await?;

    let input = CustomerInput { name: "Marktladen".into(), kind: "retail".into(), internal_note: String::new() };
    let customer = db.desk(&admin).add_customer(&input).await?;
    let mut locations = Vec::with_capacity(LOCATIONS);
    for number in 1..=LOCATIONS {
        locations.push(db.desk(&admin).add_location(customer, &location(number)).await?);
    }
    let some: Vec<LocationId> = locations.iter().copied().step_by(EVERY).collect();
    let mut contacts = Vec::new();
    for (name, chosen) in [("one", Some(&locations[..1])), ("all", None), ("some", Some(&some[..]))] {
        contacts.push(contact(base, &db, &system, &admin, customer, name, chosen).await?);
    }
    system.close().await;
    Ok(People { staff, customer, locations, contacts })
}

fn location(number: usize) -> LocationInput {
    LocationInput {
        name: format!("Store {number:04}"),
        street: format!("Lindenstraße {number}"),
        postal_code: "10969".into(),
        city: "Berlin".into(),
        zone: "Europe/Berlin".into(),
        internal_note: String::new(),
    }
}

/// Invites somebody, who follows the mailed link.
async fn contact(
    base: &Base,
    db: &Db,
    system: &System,
    by: &StaffActor,
    customer: CustomerId,
    name: &'static str,
    chosen: Option<&[LocationId]>,
) -> Result<Person> {
    let email = format!("{name}@bench.example");
    let person = PersonInput { name: format!("Robin {name}"), email: email.clone(), phone: String::new(), lang: "en".into() };
    let id = db.desk(by).invite(customer, &person, &grant(chosen)).await?;
    let folder = base.data.join("mail");
    system.send_due_mail(&Mailer::folder(folder.clone(), "portal@bench.example")?).await?;
    let session = db.anonymous().accept_invitation(&mailed_token(&folder, &email)?, PASSWORD, &here()).await?;
    Ok(Person { name, id, session })
}

/// All rights, over all locations or chosen ones.
fn grant(chosen: Option<&[LocationId]>) -> GrantInput {
    let on = || String::from("on");
    GrantInput {
        scope: if chosen.is_some() { "chosen" } else { "all" }.into(),
        locations: chosen.unwrap_or_default().iter().map(LocationId::to_string).collect(),
        submit: on(),
        appointments: on(),
        reports: on(),
        download: on(),
        colleagues: on(),
        last_day: String::new(),
    }
}

/// The token in the invitation to an address.
fn mailed_token(folder: &Path, email: &str) -> Result<Token> {
    for entry in std::fs::read_dir(folder)? {
        let mail = std::fs::read_to_string(entry?.path())?.replace("=\r\n", "");
        if !mail.contains(&format!("To: {email}")) {
            continue;
        }
        let (_, after) = mail.split_once("/invite/").ok_or("no link in the invitation")?;
        let token: String = after.chars().take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_')).collect();
        return Ok(Token::presented(&token));
    }
    Err(format!("no mail to {email}").into())
}

fn here() -> Client {
    Client { address: std::net::Ipv4Addr::LOCALHOST.into(), user_agent: "Bench".into() }
}
