//! The demo: example customers, people and work, built through the same doors that people use, on a clock that the script turns.
//!
//! It is built anew when its dates have gone stale, and never touches a database that holds anything else.

use std::path::Path;

use app::ctx::Face;
use domain::clock::{Clock, Zone};
use domain::company::CompanyInput;
use domain::customer::{CustomerInput, LocationInput};
use domain::db::{Db, Storage};
use domain::grant::{GrantInput, PersonInput};
use domain::id::{CustomerId, LocationId, Token};
use domain::mail::Mailer;
use domain::staff::StaffInput;
use domain::throttle::Client;
use jiff::ToSpan;
use jiff::civil::Date;

use crate::config::{Base, Config};
use crate::{Error, Result};

mod elevator;
mod script;
mod stage;
mod templates;

use script::{Act, Who};
use stage::{Stage, broken};

/// The password of every sign-in of the demo.
pub const PASSWORD: &str = "seven-lanterns-at-dusk";
/// After so many days, "today" and "next week" are no longer true.
const STALE_AFTER_DAYS: i32 = 2;
const BERLIN: &str = "Europe/Berlin";

/// Customers with their locations: name, kind, and per location name, street, postal code, city, zone.
const CUSTOMERS: &[(&str, &str, &[[&str; 5]])] = &[
    (
        "Lindenhof Property Management",
        "facility",
        &[
            ["Lindenhof 4", "Lindenhof 4", "10969", "Berlin", BERLIN],
            ["Marktplatz 12", "Marktplatz 12", "14532", "Kleinmachnow", BERLIN],
            ["Werkstrasse 7", "Werkstraße 7", "13507", "Berlin", BERLIN],
            ["Pune office", "Senapati Bapat Road 11", "411016", "Pune", "Asia/Kolkata"],
        ],
    ),
    (
        "Marktladen",
        "retail",
        &[["Store Mitte", "Torstraße 80", "10119", "Berlin", BERLIN], ["Store West", "Kantstraße 22", "10623", "Berlin", BERLIN]],
    ),
    ("Brightwater Clinics", "service", &[["Clinic North", "Seestraße 5", "13353", "Berlin", BERLIN]]),
    ("Nordtor Partner Services", "partner", &[["Depot East", "Landsberger Allee 300", "10367", "Berlin", BERLIN]]),
];
const ELEVATOR_CUSTOMER: &str = "Hudson Elevator Maintenance";

/// Customers by name, each with one chosen location or all of them.
type Grants = &'static [(&'static str, Option<&'static str>)];

/// Who signs in: address, name, language, grants as (customer, chosen location or none for all).
const PEOPLE: &[(Who, &str, &str, &str, Grants)] = &[
    (Who::Facility, "facility@demo.example", "Frauke Sommer", "en", &[("Lindenhof Property Management", None)]),
    (Who::Site, "site@demo.example", "Stefan Ohl", "de", &[("Lindenhof Property Management", Some("Marktplatz 12"))]),
    (Who::Retail, "retail@demo.example", "Renata Silva", "en", &[("Marktladen", None)]),
    (Who::Elevator, "elevator@demo.example", "Eliza Brook", "en", &[(ELEVATOR_CUSTOMER, None)]),
    (Who::Partner, "partner@demo.example", "Paul Andersen", "en", &[("Nordtor Partner Services", None), ("Brightwater Clinics", None)]),
];
const STAFF: &[(&str, &str, &str)] = &[
    ("dispatcher@demo.example", "Dana Winter", "dispatcher"),
    ("manager@demo.example", "Miguel Santos", "manager"),
    ("admin@demo.example", "Ada Lind", "admin"),
];

/// Sees to it that the demo's data is there and recent.
///
/// # Errors
/// When an address is not only for this machine, a mail server is set, or the database holds anything but a demo.
pub async fn prepare(config: &Config) -> Result<()> {
    for face in [Face::Portal, Face::Desk] {
        if !config.address(face).ip().is_loopback() {
            return Err(Error::Settings(format!(
                "The demo serves this machine only, not {}: its passwords are known.",
                config.address(face)
            )));
        }
    }
    if config.smtp_url.is_some() {
        return Err(Error::Settings("The demo sends no email: its people do not exist. Leave out ORDINAVO_SMTP_URL.".into()));
    }
    let storage = config.base.storage();
    let today = Clock::System.now().date_in(&Zone::stored("UTC"));
    match state(&storage, &config.base).await? {
        State::Other => Err(Error::Settings("This database holds something else than the demo. Choose another with ORDINAVO_DATA.".into())),
        State::Demo(day) if is_recent(&day, today) => Ok(()),
        State::Demo(_) => {
            erase(&storage, &config.base).await?;
            build(&storage, config, today).await
        }
        State::Empty => build(&storage, config, today).await,
    }
}

/// What the terminal says once the demo is there.
pub fn introduction(config: &Config) -> Result<String> {
    let url = |face| config.public_url(face, config.address(face));
    let people = PEOPLE.iter().map(|(_, email, name, _, grants)| {
        let sees: Vec<String> = grants
            .iter()
            .map(|(customer, place)| place.map_or_else(|| (*customer).to_owned(), |place| format!("{customer}: {place}")))
            .collect();
        format!("    {email:<24} {name}, sees {}\n", sees.join(" and "))
    });
    let staff = STAFF.iter().map(|(email, name, role)| format!("    {email:<24} {name}, {role}\n"));
    Ok(format!(
        "\nThe demo is ready. Every password is {PASSWORD}\n\n  Portal for customers: {}\n{}\n  Desk for staff: {}\n{}\n  Emails are written into {}\n  Stop with Ctrl-C.\n\n",
        url(Face::Portal)?,
        people.collect::<String>(),
        url(Face::Desk)?,
        staff.collect::<String>(),
        config.mail_folder().display(),
    ))
}

enum State {
    Empty,
    /// The demo of a day.
    Demo(String),
    Other,
}

async fn state(storage: &Storage, base: &Base) -> Result<State> {
    let (_, system) = Db::open(storage, base.settings(), Clock::System).await?;
    system.migrate().await?;
    let state = match system.demo_day().await? {
        Some(day) => State::Demo(day),
        None if system.is_empty().await? => State::Empty,
        None => State::Other,
    };
    system.close().await;
    Ok(state)
}

fn is_recent(day: &str, today: Date) -> bool {
    day.parse::<Date>().is_ok_and(|day| day.until(today).is_ok_and(|age| age.get_days() <= STALE_AFTER_DAYS && age.get_days() >= 0))
}

async fn erase(storage: &Storage, base: &Base) -> Result<()> {
    let (_, system) = Db::open(storage, base.settings(), Clock::System).await?;
    system.erase_demo().await?;
    system.close().await;
    Ok(())
}

async fn build(storage: &Storage, config: &Config, today: Date) -> Result<()> {
    let first_day = today.checked_sub(1.years()).unwrap_or(today);
    let noon = Zone::stored("UTC").instant(first_day, jiff::civil::time(12, 0, 0, 0)).map_err(|_| broken("first day"))?;
    let clock = Clock::set_to(noon);
    let portal = config.public_url(Face::Portal, config.address(Face::Portal))?;
    let (db, system) = Db::open(storage, config.settings(&portal), clock.clone()).await?;
    system.migrate().await?;
    // Marked first: a build that was broken off is taken up again from nothing, never mistaken for somebody's data.
    system.set_company("Northlight Building Services", "+49 30 5550 112").await?;
    system.mark_demo("1970-01-01").await?;
    let [dispatcher, manager, admin] = staff(&db, &system).await?;
    let desk = db.desk(&admin);
    let company = desk.company().await?;
    let input = CompanyInput { name: company.name, emergency_phone: company.emergency_phone, zone: "Europe/Berlin".into() };
    desk.edit_company(company.version, &input).await?;
    templates::keep(&db.desk(&manager)).await?;
    let mut stage = Stage::new(db, system, clock, today, config.mail_folder(), dispatcher, manager);
    let rows = elevator::rows(today)?;
    let customers = customers(&mut stage, &rows).await?;
    people(&mut stage, &customers).await?;
    play(&mut stage, &rows).await?;
    stage.clock.turn(Clock::System.now());
    stage.system.send_due_mail(&Mailer::folder(stage.mail.clone(), config.sender())?).await?;
    stage.system.mark_demo(&today.to_string()).await?;
    stage.system.close().await;
    Ok(())
}

async fn staff(db: &Db, system: &domain::system::System) -> Result<[domain::actor::StaffActor; 3]> {
    let mut actors = Vec::new();
    for (email, name, role) in STAFF {
        let input = StaffInput { name: (*name).into(), email: (*email).into(), role: (*role).into(), password: PASSWORD.into() };
        system.add_staff(&input).await?;
        let token = db.anonymous().sign_in_staff(email, PASSWORD, &here()).await?;
        actors.push(db.staff_actor(&token).await?);
    }
    actors.try_into().map_err(|_| broken("staff"))
}

async fn customers(stage: &mut Stage, rows: &[elevator::Row]) -> Result<Vec<(String, CustomerId)>> {
    let mut customers = Vec::new();
    for (name, kind, places) in CUSTOMERS {
        let customer = customer(stage, name, kind).await?;
        for [name, street, postal_code, city, zone] in *places {
            let input = LocationInput {
                name: (*name).into(),
                street: (*street).into(),
                postal_code: (*postal_code).into(),
                city: (*city).into(),
                zone: (*zone).into(),
                internal_note: "Key box at the side entrance.".into(),
            };
            place(stage, customer, &input).await?;
        }
        customers.push(((*name).to_owned(), customer));
    }
    let elevators = customer(stage, ELEVATOR_CUSTOMER, "maintenance").await?;
    for row in rows {
        if !stage.places.contains_key(&row.place()) {
            place(stage, elevators, &row.location()).await?;
        }
    }
    customers.push((ELEVATOR_CUSTOMER.to_owned(), elevators));
    Ok(customers)
}

async fn customer(stage: &Stage, name: &str, kind: &str) -> Result<CustomerId> {
    let input = CustomerInput { name: name.into(), kind: kind.into(), internal_note: "Pays within 30 days.".into() };
    Ok(stage.db.desk(&stage.manager).add_customer(&input).await?)
}

async fn place(stage: &mut Stage, customer: CustomerId, input: &LocationInput) -> Result<()> {
    let id = stage.db.desk(&stage.manager).add_location(customer, input).await?;
    stage.places.insert(input.name.clone(), id);
    Ok(())
}

/// Invites everybody; each follows the mailed link.
async fn people(stage: &mut Stage, customers: &[(String, CustomerId)]) -> Result<()> {
    let mailer = Mailer::folder(stage.mail.clone(), "portal@demo.example")?;
    for (who, email, name, lang, grants) in PEOPLE {
        let person = PersonInput { name: (*name).into(), email: (*email).into(), phone: "+49 30 5550 10".into(), lang: (*lang).into() };
        for (customer, chosen) in *grants {
            let id = customers.iter().find(|(name, _)| name == customer).map(|(_, id)| *id).ok_or_else(|| broken(customer))?;
            let location = chosen.map(|place| stage.places.get(place).copied().ok_or_else(|| broken(place))).transpose()?;
            stage.db.desk(&stage.manager).invite(id, &person, &grant(location)).await?;
        }
        stage.system.send_due_mail(&mailer).await?;
        let token = mailed_token(&stage.mail, email)?;
        let session = stage.db.anonymous().accept_invitation(&token, PASSWORD, &here()).await?;
        stage.contacts.insert(*who, stage.db.portal_actor(&session).await?);
    }
    Ok(())
}

fn grant(location: Option<LocationId>) -> GrantInput {
    GrantInput {
        scope: if location.is_some() { "chosen" } else { "all" }.into(),
        locations: location.iter().map(LocationId::to_string).collect(),
        submit: "on".into(),
        appointments: "on".into(),
        reports: "on".into(),
        download: "on".into(),
        colleagues: if location.is_some() { String::new() } else { "on".into() },
        last_day: String::new(),
    }
}

/// The token of the newest invitation in the mail folder: the demo reads its mail like everybody else.
fn mailed_token(folder: &Path, email: &str) -> Result<Token> {
    let mut mails = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        mails.push((entry.metadata()?.modified()?, std::fs::read_to_string(entry.path())?));
    }
    mails.sort();
    let mail = mails.into_iter().rev().map(|(_, mail)| mail.replace("=\r\n", "")).find(|mail| mail.contains(&format!("To: {email}")));
    let mail = mail.ok_or_else(|| broken(email))?;
    let (_, after) = mail.split_once("/invite/").ok_or_else(|| broken(email))?;
    let token: String = after.chars().take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_')).collect();
    Ok(Token::presented(&token))
}

/// Plays all stories, in the order of their times.
async fn play(stage: &mut Stage, rows: &[elevator::Row]) -> Result<()> {
    enum Turn<'a> {
        Act(&'a Act),
        Row(&'a elevator::Row, elevator::Step),
    }
    let mut turns = Vec::new();
    for act in [script::FACILITY, script::RETAIL, script::PARTNER].into_iter().flatten() {
        turns.push((stage.moment(act)?, Turn::Act(act)));
    }
    for row in rows {
        turns.extend(row.steps()?.into_iter().map(|(at, step)| (at, Turn::Row(row, step))));
    }
    turns.sort_by_key(|(at, _)| *at);
    for (at, turn) in turns {
        match turn {
            Turn::Act(act) => stage.play(act).await?,
            Turn::Row(row, step) => row.play(stage, at, &step).await?,
        }
    }
    Ok(())
}

fn here() -> Client {
    Client { address: std::net::Ipv4Addr::LOCALHOST.into(), user_agent: "Demo".into() }
}
