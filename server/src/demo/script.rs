//! What happens in the demo: one story per customer, told in acts. Days count from today; times are UTC.

/// Who of the customers acts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Who {
    /// Sees a whole customer.
    Facility,
    /// Sees one location of the same customer.
    Site,
    Retail,
    Elevator,
    /// Has grants at two customers.
    Partner,
}

/// A file that ships with the demo.
#[derive(Clone, Copy, Debug)]
pub enum File {
    Boiler,
    Door,
    Leak,
    Inspection,
    PartsList,
}

/// A wished window: days from the act's day, from, until.
pub type Wish = (i64, &'static str, &'static str);

pub struct Act {
    pub day: i64,
    pub at: &'static str,
    pub what: What,
}

/// One act. `key`, `visit` and `follow_up` name things within the script.
pub enum What {
    Submit {
        key: &'static str,
        by: Who,
        place: &'static str,
        kind: &'static str,
        title: &'static str,
        text: &'static str,
        wishes: &'static [Wish],
        file: Option<File>,
    },
    Record {
        key: &'static str,
        by: Who,
        place: &'static str,
        title: &'static str,
        text: &'static str,
    },
    Review {
        key: &'static str,
    },
    Ask {
        key: &'static str,
        text: &'static str,
    },
    Answer {
        key: &'static str,
        by: Who,
        text: &'static str,
    },
    Note {
        key: &'static str,
        text: &'static str,
    },
    Accept {
        key: &'static str,
    },
    Reject {
        key: &'static str,
        public: &'static str,
        internal: &'static str,
    },
    Cancel {
        key: &'static str,
        sentence: &'static str,
    },
    Convert {
        key: &'static str,
        public_title: &'static str,
        note: &'static str,
    },
    /// Work that nobody asked for: a maintenance round.
    Work {
        key: &'static str,
        place: &'static str,
        public_title: &'static str,
        note: &'static str,
    },
    Schedule {
        key: &'static str,
        visit: &'static str,
        day: i64,
        from: &'static str,
        until: &'static str,
        team: &'static str,
        share: bool,
    },
    /// A visit each week, from `day` on.
    Weekly {
        key: &'static str,
        day: i64,
        from: &'static str,
        until: &'static str,
        visits: u32,
    },
    Move {
        visit: &'static str,
        day: i64,
        from: &'static str,
        until: &'static str,
    },
    CancelVisit {
        visit: &'static str,
        sentence: &'static str,
    },
    /// The customer asks for another time.
    Suggest {
        visit: &'static str,
        by: Who,
        message: &'static str,
        wishes: &'static [Wish],
    },
    /// What of a row of visits is over by now was done.
    RoundsDone {
        key: &'static str,
        technician: &'static str,
    },
    /// A link for the contact's calendar program, which fetches it at once.
    CalendarFeed {
        by: Who,
    },
    Done {
        visit: &'static str,
        technician: &'static str,
        note: &'static str,
    },
    NoAccess {
        visit: &'static str,
        technician: &'static str,
        note: &'static str,
    },
    Finish {
        key: &'static str,
    },
    Report {
        visit: &'static str,
        body: &'static str,
        files: &'static [File],
    },
    Approve {
        visit: &'static str,
    },
    /// Releases with the first `files` files of the report.
    Release {
        visit: &'static str,
        title: &'static str,
        summary: &'static str,
        files: usize,
    },
    WithdrawReport {
        visit: &'static str,
        reason: &'static str,
    },
    FollowUp {
        follow_up: &'static str,
        visit: &'static str,
        internal: &'static str,
        public: &'static str,
        share: bool,
    },
    /// Plans the follow-up as work of its own.
    Plan {
        follow_up: &'static str,
        key: &'static str,
        public_title: &'static str,
    },
    CancelFollowUp {
        follow_up: &'static str,
    },
}

const fn act(day: i64, at: &'static str, what: What) -> Act {
    Act { day, at, what }
}

/// The facility customer: property managers with several houses.
pub const FACILITY: &[Act] = &[
    act(
        -40,
        "08:10",
        What::Submit {
            key: "heating",
            by: Who::Facility,
            place: "Lindenhof 4",
            kind: "service",
            title: "Heating stays cold on the third floor",
            text: "Since Sunday the radiators on the third floor stay cold. The boiler shows error E 28.\nThe caretaker has the key to the cellar.",
            wishes: &[(2, "08:00", "10:00"), (3, "13:00", "17:00")],
            file: Some(File::Boiler),
        },
    ),
    act(-40, "09:00", What::Review { key: "heating" }),
    act(-40, "09:20", What::Note { key: "heating", text: "Same boiler as in January. Take the spare ignition electrode along." }),
    act(-40, "09:30", What::Accept { key: "heating" }),
    act(
        -40,
        "09:40",
        What::Convert { key: "heating", public_title: "Repair of the heating", note: "Cellar key at the caretaker's, ring twice." },
    ),
    act(
        -40,
        "10:00",
        What::Schedule { key: "heating", visit: "heating-1", day: -38, from: "08:00", until: "10:00", team: "Heating 2", share: true },
    ),
    act(
        -38,
        "10:30",
        What::Done { visit: "heating-1", technician: "Jonas", note: "Took longer than planned; second electrode was worn too." },
    ),
    act(
        -38,
        "12:00",
        What::Report {
            visit: "heating-1",
            body: "Electrode replaced. Expansion vessel is near its end, costs about 400.",
            files: &[File::Inspection, File::Boiler, File::PartsList],
        },
    ),
    act(-37, "08:00", What::Approve { visit: "heating-1" }),
    act(
        -37,
        "08:30",
        What::Release {
            visit: "heating-1",
            title: "Heating repaired",
            files: 2,
            summary: "The ignition of the boiler was worn and has been replaced. All radiators on the third floor are warm again.",
        },
    ),
    act(
        -37,
        "09:00",
        What::FollowUp {
            follow_up: "vessel",
            visit: "heating-1",
            internal: "Expansion vessel, quote first?",
            share: true,
            public: "The expansion vessel of the heating should be replaced before winter.",
        },
    ),
    act(-30, "09:00", What::Plan { follow_up: "vessel", key: "vessel-work", public_title: "New expansion vessel" }),
    act(
        -30,
        "09:10",
        What::Schedule { key: "vessel-work", visit: "vessel-1", day: 6, from: "09:00", until: "11:00", team: "Heating 2", share: true },
    ),
    act(-36, "14:00", What::Finish { key: "heating" }),
    act(-29, "08:00", What::CalendarFeed { by: Who::Facility }),
    act(
        -1,
        "15:30",
        What::Suggest {
            visit: "vessel-1",
            by: Who::Facility,
            message: "The caretaker has the key to the boiler room in the afternoon only.",
            wishes: &[(7, "13:00", "15:00"), (8, "", "")],
        },
    ),
    act(
        -21,
        "07:50",
        What::Submit {
            key: "roof",
            by: Who::Site,
            place: "Marktplatz 12",
            kind: "service",
            title: "Water stain on the ceiling of flat 9",
            text: "A brown stain of about one metre has appeared after the storm. It is damp to the touch.",
            wishes: &[(1, "08:00", "10:00")],
            file: Some(File::Leak),
        },
    ),
    act(-21, "08:30", What::Review { key: "roof" }),
    act(-21, "08:40", What::Accept { key: "roof" }),
    act(-21, "08:50", What::Convert { key: "roof", public_title: "Search for the leak at the roof", note: "Ladder of 8 m needed." }),
    act(-21, "09:00", What::Schedule { key: "roof", visit: "roof-1", day: -19, from: "13:00", until: "15:00", team: "Roof", share: true }),
    act(-20, "15:00", What::Move { visit: "roof-1", day: -18, from: "09:00", until: "11:00" }),
    act(-18, "11:30", What::NoAccess { visit: "roof-1", technician: "Sami", note: "Nobody opened, waited 20 minutes." }),
    act(-18, "12:00", What::Schedule { key: "roof", visit: "roof-2", day: -14, from: "09:00", until: "12:00", team: "Roof", share: true }),
    act(-14, "13:00", What::Done { visit: "roof-2", technician: "Sami", note: "Access fine this time." }),
    act(
        -14,
        "15:00",
        What::Report {
            visit: "roof-2",
            body: "Three tiles cracked. Sealed for now. Estimate for the roofer follows.",
            files: &[File::Leak],
        },
    ),
    act(-13, "08:00", What::Approve { visit: "roof-2" }),
    act(
        -13,
        "09:00",
        What::FollowUp {
            follow_up: "tiles",
            visit: "roof-2",
            internal: "Roofer: ask two firms.",
            public: "Three roof tiles must be replaced.",
            share: false,
        },
    ),
    act(
        -13,
        "09:10",
        What::FollowUp {
            follow_up: "gutter",
            visit: "roof-2",
            internal: "Gutter too?",
            public: "The gutter should be cleaned.",
            share: false,
        },
    ),
    act(-12, "07:10", What::CancelFollowUp { follow_up: "gutter" }),
    act(
        -12,
        "07:30",
        What::Submit {
            key: "door",
            by: Who::Facility,
            place: "Lindenhof 4",
            kind: "maintenance",
            title: "Yearly check of the fire doors",
            text: "Eleven doors, list at the caretaker's.",
            wishes: &[],
            file: None,
        },
    ),
    act(-12, "08:00", What::Review { key: "door" }),
    act(-11, "08:00", What::Accept { key: "door" }),
    act(
        -9,
        "10:00",
        What::Submit {
            key: "lamp",
            by: Who::Site,
            place: "Marktplatz 12",
            kind: "service",
            title: "Light in the stairwell flickers",
            text: "Second floor, since last week.",
            wishes: &[(4, "10:00", "13:00")],
            file: None,
        },
    ),
    act(-9, "11:00", What::Review { key: "lamp" }),
    act(-9, "11:20", What::Ask { key: "lamp", text: "Is it one lamp, or all lamps of the floor?" }),
    act(
        -6,
        "08:00",
        What::Submit {
            key: "garden",
            by: Who::Facility,
            place: "Pune office",
            kind: "support",
            title: "Who waters the plants?",
            text: "The plants in the lobby look dry.",
            wishes: &[],
            file: None,
        },
    ),
    act(-6, "09:00", What::Review { key: "garden" }),
    act(
        -6,
        "09:30",
        What::Reject {
            key: "garden",
            public: "Plant care is not part of our contract. We gladly name a gardener to you.",
            internal: "Third time they ask. Offer a contract?",
        },
    ),
    act(
        -4,
        "07:45",
        What::Submit {
            key: "aircon",
            by: Who::Facility,
            place: "Pune office",
            kind: "service",
            title: "Air conditioning drips",
            text: "The unit above the reception drips on the floor.",
            wishes: &[(5, "10:00", "13:00"), (6, "10:00", "13:00")],
            file: None,
        },
    ),
    act(-4, "08:15", What::Review { key: "aircon" }),
    act(-4, "08:20", What::Ask { key: "aircon", text: "Is the unit switched off now?" }),
    act(-3, "06:30", What::Answer { key: "aircon", by: Who::Facility, text: "Yes, we have switched it off." }),
    act(-3, "07:00", What::Accept { key: "aircon" }),
    act(
        -3,
        "07:10",
        What::Convert { key: "aircon", public_title: "Repair of the air conditioning", note: "Local partner does it, badge at the gate." },
    ),
    act(
        -3,
        "07:20",
        What::Schedule { key: "aircon", visit: "aircon-1", day: 0, from: "15:00", until: "17:00", team: "Partner Pune", share: true },
    ),
    act(
        -2,
        "09:00",
        What::Record {
            key: "phone",
            by: Who::Facility,
            place: "Lindenhof 4",
            title: "Lift makes a grinding noise",
            text: "Called at 9: grinding noise between floors 2 and 3.",
        },
    ),
    act(
        -1,
        "16:00",
        What::Submit {
            key: "gate",
            by: Who::Facility,
            place: "Werkstrasse 7",
            kind: "service",
            title: "Garage gate does not close",
            text: "It stops half-way and opens again.",
            wishes: &[(3, "08:00", "10:00")],
            file: Some(File::Door),
        },
    ),
];

/// The retail customer: weekly store visits and what comes between them.
pub const RETAIL: &[Act] = &[
    act(
        -35,
        "08:00",
        What::Work { key: "round-mitte", place: "Store Mitte", public_title: "Weekly store visit", note: "Check cooling shelves first." },
    ),
    act(-35, "08:10", What::Weekly { key: "round-mitte", day: -28, from: "07:00", until: "09:00", visits: 8 }),
    act(-28, "09:30", What::RoundsDone { key: "round-mitte", technician: "Irina" }),
    act(-21, "09:30", What::RoundsDone { key: "round-mitte", technician: "Irina" }),
    act(-14, "09:30", What::RoundsDone { key: "round-mitte", technician: "Pavel" }),
    act(-7, "09:30", What::RoundsDone { key: "round-mitte", technician: "Irina" }),
    act(
        -16,
        "10:00",
        What::Submit {
            key: "scale",
            by: Who::Retail,
            place: "Store Mitte",
            kind: "service",
            title: "Cooling shelf 3 is too warm",
            text: "It shows 9 degrees. We have emptied it.",
            wishes: &[(1, "08:00", "10:00")],
            file: None,
        },
    ),
    act(-16, "10:20", What::Review { key: "scale" }),
    act(-16, "10:30", What::Accept { key: "scale" }),
    act(-16, "10:40", What::Convert { key: "scale", public_title: "Repair of cooling shelf 3", note: "Compressor from stock." }),
    act(
        -16,
        "10:50",
        What::Schedule { key: "scale", visit: "scale-1", day: -15, from: "08:00", until: "10:00", team: "Cooling", share: true },
    ),
    act(-15, "11:00", What::Done { visit: "scale-1", technician: "Irina", note: "42 minutes on site." }),
    act(
        -15,
        "12:00",
        What::Report { visit: "scale-1", body: "Compressor replaced under warranty, bill the maker.", files: &[File::PartsList] },
    ),
    act(-14, "08:00", What::Approve { visit: "scale-1" }),
    act(
        -14,
        "08:10",
        What::Release {
            visit: "scale-1",
            title: "Cooling shelf 3 repaired",
            summary: "The compressor was replaced. The shelf holds 4 degrees.",
            files: 1,
        },
    ),
    act(
        -14,
        "08:20",
        What::FollowUp {
            follow_up: "seal",
            visit: "scale-1",
            internal: "Seal of door 2.",
            public: "The seal of door 2 should be replaced.",
            share: true,
        },
    ),
    act(
        -14,
        "08:30",
        What::FollowUp {
            follow_up: "fan",
            visit: "scale-1",
            internal: "Fan of shelf 1 sounds worn.",
            public: "The fan of shelf 1 should be replaced soon.",
            share: true,
        },
    ),
    act(-13, "09:00", What::Plan { follow_up: "seal", key: "seal-work", public_title: "New seal for door 2" }),
    act(
        -13,
        "09:10",
        What::Schedule { key: "seal-work", visit: "seal-1", day: -8, from: "08:00", until: "09:00", team: "Cooling", share: true },
    ),
    act(-8, "10:00", What::Done { visit: "seal-1", technician: "Irina", note: "Quick." }),
    act(-8, "10:30", What::Finish { key: "seal-work" }),
    act(-8, "10:40", What::Finish { key: "scale" }),
    act(
        -7,
        "09:00",
        What::Submit {
            key: "sign",
            by: Who::Retail,
            place: "Store West",
            kind: "service",
            title: "Sign above the entrance is dark",
            text: "The left half does not light up.",
            wishes: &[],
            file: None,
        },
    ),
    act(-5, "08:00", What::Cancel { key: "sign", sentence: "The maker repairs the sign under its own contract." }),
    act(
        -2,
        "12:00",
        What::Submit {
            key: "shutter",
            by: Who::Retail,
            place: "Store West",
            kind: "appointment",
            title: "Appointment to measure the shutters",
            text: "We would like new shutters.",
            wishes: &[(6, "10:00", "13:00"), (7, "10:00", "13:00"), (8, "10:00", "13:00")],
            file: None,
        },
    ),
    act(-2, "13:00", What::Review { key: "shutter" }),
    act(-1, "08:00", What::Accept { key: "shutter" }),
    act(-1, "08:10", What::Convert { key: "shutter", public_title: "Measuring the shutters", note: "Take the laser." }),
    act(
        -1,
        "08:20",
        What::Schedule { key: "shutter", visit: "shutter-1", day: 5, from: "10:00", until: "11:00", team: "Metal", share: false },
    ),
];

/// The service customer and the partner who sends requests for it.
pub const PARTNER: &[Act] = &[
    act(
        -25,
        "08:00",
        What::Submit {
            key: "steriliser",
            by: Who::Partner,
            place: "Clinic North",
            kind: "maintenance",
            title: "Half-yearly check of the steriliser",
            text: "Due this month. Room 114.",
            wishes: &[(3, "13:00", "17:00")],
            file: None,
        },
    ),
    act(-25, "09:00", What::Review { key: "steriliser" }),
    act(-25, "09:10", What::Accept { key: "steriliser" }),
    act(
        -25,
        "09:20",
        What::Convert { key: "steriliser", public_title: "Check of the steriliser", note: "Certificate must be on paper too." },
    ),
    act(
        -25,
        "09:30",
        What::Schedule { key: "steriliser", visit: "steriliser-1", day: -22, from: "13:00", until: "15:00", team: "Medical", share: true },
    ),
    act(-22, "16:00", What::Done { visit: "steriliser-1", technician: "Noor", note: "Fine." }),
    act(
        -22,
        "16:30",
        What::Report {
            visit: "steriliser-1",
            body: "All values in range. First text had the wrong serial number.",
            files: &[File::Inspection],
        },
    ),
    act(-21, "08:00", What::Approve { visit: "steriliser-1" }),
    act(
        -21,
        "08:30",
        What::Release {
            visit: "steriliser-1",
            title: "Check of the steriliser",
            summary: "All values are in range. The next check is due in six months.",
            files: 1,
        },
    ),
    act(-20, "08:00", What::WithdrawReport { visit: "steriliser-1", reason: "Wrong serial number on page 2." }),
    act(
        -5,
        "09:00",
        What::Submit {
            key: "pump",
            by: Who::Partner,
            place: "Depot East",
            kind: "service",
            title: "Pump of the car wash is loud",
            text: "Louder every day.",
            wishes: &[],
            file: None,
        },
    ),
    act(-5, "10:00", What::Review { key: "pump" }),
    act(-4, "09:00", What::Accept { key: "pump" }),
    act(-4, "09:10", What::Convert { key: "pump", public_title: "Repair of the pump", note: "Bearing set 6204." }),
    act(-4, "09:20", What::Schedule { key: "pump", visit: "pump-1", day: 3, from: "09:00", until: "11:00", team: "Pumps", share: true }),
    act(-3, "09:00", What::CancelVisit { visit: "pump-1", sentence: "The spare part arrives later than promised. We propose a new date." }),
];
