//! Who of the staff may do what: the one table that the transition code, the buttons, the settings page and the tests derive from.

use crate::text::Text;

closed_set! {
    /// Staff roles; each can do all that the one before it can.
    pub enum Role { Dispatcher = "dispatcher", Manager = "manager", Admin = "admin" }
}

closed_set! {
    /// Acts at the desk, as the role table groups them.
    pub enum Act {
        Read = "read",
        Triage = "triage",
        Decide = "decide",
        Convert = "convert",
        EndTarget = "end_target",
        Schedule = "schedule",
        WriteReport = "write_report",
        ApproveReport = "approve_report",
        Release = "release",
        PlanFollowUp = "plan_follow_up",
        ManageCustomers = "manage_customers",
        KeepTemplates = "keep_templates",
        Administer = "administer",
    }
}

impl Act {
    /// The least role that may do it.
    pub const fn least(self) -> Role {
        match self {
            Self::Read | Self::Triage | Self::Convert | Self::Schedule | Self::WriteReport | Self::PlanFollowUp => Role::Dispatcher,
            Self::Decide | Self::EndTarget | Self::ApproveReport | Self::Release | Self::ManageCustomers | Self::KeepTemplates => {
                Role::Manager
            }
            Self::Administer => Role::Admin,
        }
    }

    /// What the table calls it.
    pub const fn label(self) -> Text {
        match self {
            Self::Read => Text::new("Read operations and internal notes", "Vorgänge und interne Notizen lesen"),
            Self::Triage => Text::new(
                "Record, review, assign and snooze requests; write to customers",
                "Anfragen aufnehmen, prüfen, zuweisen, zurückstellen; Kunden schreiben",
            ),
            Self::Decide => {
                Text::new("Accept, reject, reopen or cancel a request", "Anfragen annehmen, ablehnen, wieder öffnen, stornieren")
            }
            Self::Convert => Text::new("Create, edit and finish work", "Aufträge anlegen, bearbeiten, abschließen"),
            Self::EndTarget => Text::new("Cancel or reopen work", "Aufträge stornieren oder wieder öffnen"),
            Self::Schedule => Text::new("Plan, share, move and cancel appointments", "Termine planen, teilen, verschieben, absagen"),
            Self::WriteReport => {
                Text::new("Write reports, add files, require follow-ups", "Berichte schreiben, Dateien hinzufügen, Folgearbeiten anlegen")
            }
            Self::ApproveReport => Text::new("Approve reports or send them back", "Berichte freigeben oder zurückgeben"),
            Self::Release => {
                Text::new("Release and withdraw reports, share follow-ups", "Berichte teilen und zurückziehen, Folgearbeiten teilen")
            }
            Self::PlanFollowUp => Text::new("Plan and cancel follow-ups", "Folgearbeiten planen und stornieren"),
            Self::ManageCustomers => Text::new(
                "Manage customers, locations, invitations and access; see the portal as a person",
                "Kunden, Standorte, Einladungen und Zugänge verwalten; das Portal wie eine Person sehen",
            ),
            Self::KeepTemplates => Text::new("Keep reply templates", "Textvorlagen pflegen"),
            Self::Administer => Text::new(
                "Manage the company's settings and staff, read the audit log",
                "Firma und Mitarbeitende verwalten, Protokoll lesen",
            ),
        }
    }
}

impl Role {
    pub const fn may(self, act: Act) -> bool {
        self as u8 >= act.least() as u8
    }

    pub const fn label(self) -> Text {
        match self {
            Self::Dispatcher => Text::new("Dispatcher", "Disposition"),
            Self::Manager => Text::new("Manager", "Leitung"),
            Self::Admin => Text::new("Administrator", "Administration"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The product's table, written out a second time by hand: dispatcher, manager, admin.
    const TABLE: &[(Act, [bool; 3])] = &[
        (Act::Read, [true, true, true]),
        (Act::Triage, [true, true, true]),
        (Act::Decide, [false, true, true]),
        (Act::Convert, [true, true, true]),
        (Act::EndTarget, [false, true, true]),
        (Act::Schedule, [true, true, true]),
        (Act::WriteReport, [true, true, true]),
        (Act::ApproveReport, [false, true, true]),
        (Act::Release, [false, true, true]),
        (Act::PlanFollowUp, [true, true, true]),
        (Act::ManageCustomers, [false, true, true]),
        (Act::KeepTemplates, [false, true, true]),
        (Act::Administer, [false, false, true]),
    ];

    #[test]
    fn g14_every_cell_of_the_role_table_is_as_the_product_says() {
        assert_eq!(TABLE.iter().map(|(act, _)| *act).collect::<Vec<_>>(), Act::ALL);
        for (act, cells) in TABLE {
            for (role, may) in [Role::Dispatcher, Role::Manager, Role::Admin].into_iter().zip(cells) {
                assert_eq!(role.may(*act), *may, "{role} {act}");
            }
        }
    }
}
