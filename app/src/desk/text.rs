//! The desk's words.

use domain::text::{Plural, Text};

domain::texts! {
    SKIP: "Skip to content", "Zum Inhalt springen";
    MAIN_NAVIGATION: "Main navigation", "Hauptnavigation";
    MENU: "Menu", "Menü";
    LOADING: "Loading", "Wird geladen";
    DEMO: "This is a demo. All data is made up or public; it is built anew when it gets old.", "Dies ist eine Demo. Alle Daten sind erfunden oder öffentlich; sie werden neu angelegt, wenn sie veralten.";
    DESK: "Service desk", "Büro";
    INBOX: "Inbox", "Eingang";
    PLANNING: "Planning", "Planung";
    REPORTS: "Reports", "Berichte";
    FOLLOW_UPS: "Follow-ups", "Folgearbeiten";
    CUSTOMERS: "Customers", "Kunden";
    PEOPLE: "People", "Personen";
    SETTINGS: "Settings", "Einstellungen";
    AUDIT: "Audit log", "Protokoll";
    OFFICE: "Office", "Büro";
    SIGN_IN: "Sign in", "Anmelden";
    SIGN_OUT: "Sign out", "Abmelden";
    EMAIL: "Email address", "E-Mail-Adresse";
    PASSWORD: "Password", "Passwort";

    // Reports, follow-ups, customers, people, settings
    WHEN: "When", "Wann";
    WHO: "Who", "Wer";
    WHAT: "What", "Was";
    DETAILS: "Details", "Einzelheiten";
    LOG: "Log", "Verlauf";
    THE_SYSTEM: "The system", "Das System";
    EVENT_COMPANY_CHANGED: "Company changed", "Firma geändert";
    EVENT_COMPANY_BRAND_CHANGED: "Brand changed", "Auftritt geändert";
    EVENT_COMPANY_WORDS_CHANGED: "Status words changed", "Statuswörter geändert";
    EVENT_STAFF_ADDED: "Staff member added", "Mitarbeiter hinzugefügt";
    EVENT_STAFF_CHANGED: "Staff member changed", "Mitarbeiter geändert";
    EVENT_REPLY_TEMPLATE_ADDED: "Reply template added", "Textvorlage angelegt";
    EVENT_REPLY_TEMPLATE_CHANGED: "Reply template changed", "Textvorlage geändert";
    EVENT_REPLY_TEMPLATE_REMOVED: "Reply template removed", "Textvorlage entfernt";
    EVENT_CUSTOMER_ADDED: "Customer added", "Kunde angelegt";
    EVENT_CUSTOMER_CHANGED: "Customer changed", "Kunde geändert";
    EVENT_LOCATION_ADDED: "Location added", "Standort angelegt";
    EVENT_LOCATION_CHANGED: "Location changed", "Standort geändert";
    EVENT_LOCATIONS_IMPORTED: "Locations imported", "Standorte übernommen";
    EVENT_CONTACT_ADDED: "Person added", "Person angelegt";
    EVENT_CONTACT_CHANGED: "Person changed", "Person geändert";
    EVENT_CONTACT_DISABLED: "Person disabled", "Person gesperrt";
    EVENT_CONTACT_ENABLED: "Person enabled", "Person entsperrt";
    EVENT_GRANT_GIVEN: "Access given", "Zugang erteilt";
    EVENT_GRANT_CHANGED: "Access changed", "Zugang geändert";
    EVENT_GRANT_ENDED: "Access ended", "Zugang beendet";
    EVENT_INVITATION_SENT: "Invitation sent", "Einladung gesendet";
    EVENT_INVITATION_RESENT: "Invitation sent again", "Einladung erneut gesendet";
    EVENT_INVITATION_REVOKED: "Invitation revoked", "Einladung zurückgenommen";
    EVENT_INVITATION_ACCEPTED: "Invitation accepted", "Einladung angenommen";
    EVENT_SIGNED_IN: "Signed in", "Angemeldet";
    EVENT_SIGNED_OUT: "Signed out", "Abgemeldet";
    EVENT_SESSIONS_ENDED: "Sessions ended", "Sitzungen beendet";
    EVENT_PASSWORD_RESET_ASKED: "Password reset asked for", "Neues Passwort angefordert";
    EVENT_PASSWORD_CHANGED: "Password changed", "Passwort geändert";
    EVENT_NOTIFICATIONS_CHANGED: "Choice of emails changed", "Auswahl der Mails geändert";
    EVENT_CALENDAR_FEED_MADE: "Calendar feed made", "Kalenderabo erstellt";
    EVENT_CALENDAR_FEED_ENDED: "Calendar feed ended", "Kalenderabo beendet";
    EVENT_PORTAL_VIEWED: "Portal seen as this person", "Portal wie diese Person gesehen";
    EVENT_ACCESS_REFUSED: "Act refused", "Handlung verweigert";
    EVENT_JOURNAL_EXPORTED: "Audit log exported", "Protokoll exportiert";
    EVENT_REQUEST_SUBMITTED: "Request submitted", "Anfrage eingereicht";
    EVENT_REQUEST_REVIEW_STARTED: "Review started", "Prüfung begonnen";
    EVENT_REQUEST_ASSIGNED: "Request assigned", "Anfrage zugewiesen";
    EVENT_REQUEST_SNOOZED: "Request snoozed", "Anfrage zurückgestellt";
    EVENT_REQUEST_MESSAGE_SENT: "Message to the customer", "Nachricht an den Kunden";
    EVENT_REQUEST_ANSWERED: "Customer answered", "Antwort des Kunden";
    EVENT_REQUEST_QUESTION_ASKED: "Customer asked", "Rückfrage an den Kunden";
    EVENT_REQUEST_NOTE_WRITTEN: "Internal note written", "Interne Notiz geschrieben";
    EVENT_DECISION_MADE: "Decision made", "Entscheidung getroffen";
    EVENT_DECISION_UNDONE: "Decision taken back", "Entscheidung zurückgenommen";
    EVENT_REQUEST_ACCEPTED: "Request accepted", "Anfrage angenommen";
    EVENT_REQUEST_REJECTED: "Request rejected", "Anfrage abgelehnt";
    EVENT_REQUEST_REOPENED: "Request reopened", "Anfrage wieder geöffnet";
    EVENT_REQUEST_WITHDRAWN: "Request withdrawn", "Anfrage zurückgezogen";
    EVENT_REQUEST_CANCELLED: "Request cancelled", "Anfrage storniert";
    EVENT_REQUEST_PLANNED: "Request planned", "Anfrage geplant";
    EVENT_REQUEST_UNPLANNED: "Request no longer planned", "Anfrage nicht mehr geplant";
    EVENT_TARGET_CREATED: "Work created", "Auftrag angelegt";
    EVENT_TARGET_CHANGED: "Work changed", "Auftrag geändert";
    EVENT_TARGET_RENAMED: "Public title of the work changed", "Öffentlicher Titel des Auftrags geändert";
    EVENT_TARGET_DONE: "Work done", "Auftrag erledigt";
    EVENT_TARGET_REOPENED: "Work reopened", "Auftrag wieder geöffnet";
    EVENT_TARGET_CANCELLED: "Work cancelled", "Auftrag storniert";
    EVENT_SERIES_CREATED: "Series of visits created", "Terminserie angelegt";
    EVENT_APPOINTMENT_SCHEDULED: "Appointment scheduled", "Termin geplant";
    EVENT_APPOINTMENT_CHANGED: "Appointment changed", "Termin geändert";
    EVENT_APPOINTMENT_SHARED: "Appointment shared", "Termin geteilt";
    EVENT_APPOINTMENT_MOVED: "Appointment moved", "Termin verschoben";
    EVENT_APPOINTMENT_CANCELLED: "Appointment cancelled", "Termin abgesagt";
    EVENT_APPOINTMENT_DONE: "Visit completed", "Besuch abgeschlossen";
    EVENT_APPOINTMENT_NO_ACCESS: "No access at the visit", "Kein Zugang beim Besuch";
    EVENT_APPOINTMENT_SUGGESTED: "Customer suggested another time", "Kunde schlug anderen Termin vor";
    EVENT_SUGGESTION_ANSWERED: "Suggested time answered", "Terminvorschlag beantwortet";
    EVENT_REPORT_WRITTEN: "Report written", "Bericht geschrieben";
    EVENT_REPORT_APPROVED: "Report approved", "Bericht freigegeben";
    EVENT_REPORT_SENT_BACK: "Report sent back", "Bericht zurückgegeben";
    EVENT_REPORT_RELEASED: "Report shared", "Bericht geteilt";
    EVENT_REPORT_WITHDRAWN: "Report withdrawn", "Bericht zurückgezogen";
    EVENT_FOLLOW_UP_REQUIRED: "Follow-up required", "Folgearbeit nötig";
    EVENT_FOLLOW_UP_CHANGED: "Follow-up changed", "Folgearbeit geändert";
    EVENT_FOLLOW_UP_REWORDED: "Public text of the follow-up changed", "Öffentlicher Text der Folgearbeit geändert";
    EVENT_FOLLOW_UP_REOPENED: "Follow-up open again", "Folgearbeit wieder offen";
    EVENT_FOLLOW_UP_SHARED: "Follow-up shared", "Folgearbeit geteilt";
    EVENT_FOLLOW_UP_UNSHARED: "Follow-up no longer shared", "Folgearbeit nicht mehr geteilt";
    EVENT_FOLLOW_UP_PLANNED: "Follow-up planned", "Folgearbeit geplant";
    EVENT_FOLLOW_UP_UNPLANNED: "Follow-up no longer planned", "Folgearbeit nicht mehr geplant";
    EVENT_FOLLOW_UP_DONE: "Follow-up done", "Folgearbeit erledigt";
    EVENT_FOLLOW_UP_CANCELLED: "Follow-up cancelled", "Folgearbeit storniert";
    EVENT_FILE_ADDED: "File added", "Datei hinzugefügt";
    EVENT_FILE_REMOVED: "File removed", "Datei entfernt";
    ALL_OF_THEM: "All", "Alle";
    TAB_REQUIRED: "Required", "Nötig";
    TAB_PLANNED: "Planned", "Geplant";
    TAB_DONE: "Done", "Erledigt";
    TAB_CANCELLED: "Cancelled", "Storniert";
    NO_REPORTS: "No reports are at this stage.", "In diesem Stand gibt es keine Berichte.";
    EDITED_BY: "Edited by {name}, {date}.", "Bearbeitet von {name}, {date}.";
    STAGE_DRAFT: "Draft", "Entwurf";
    STAGE_APPROVED: "Approved, not shared", "Freigegeben, nicht geteilt";
    STAGE_RELEASED: "Shared", "Geteilt";
    STAGE_CHANGED: "Shared, text changed since", "Geteilt, Text seither geändert";
    STAGE_WITHDRAWN: "Withdrawn", "Zurückgezogen";
    ALL_REPORTS: "All reports", "Alle Berichte";
    PREPARE_RELEASE: "Prepare release", "Freigabe vorbereiten";
    SEES_NOTHING: "The customer sees nothing of this report.", "Der Kunde sieht nichts von diesem Bericht.";
    SEES_VERSION: "The customer sees version {n}, shared {date}.", "Der Kunde sieht Fassung {n}, geteilt {date}.";
    CUSTOMER: "Customer", "Kunde";
    LOCATION: "Location", "Standort";
    VISIT: "Visit", "Besuch";
    WORK: "Work", "Auftrag";
    REPORT_TEXT: "Report text", "Berichtstext";
    NEVER_IN_PORTAL: "Internal. Never shown in the portal.", "Intern. Erscheint nie im Portal.";
    EDIT_BEGINS_REVISION: "A change begins a new draft. The customer keeps what was shared.", "Eine Änderung beginnt einen neuen Entwurf. Der Kunde behält das Geteilte.";
    SAVE_REPORT: "Save draft", "Entwurf speichern";
    SAVING_REPLACES: "Your text is still in the field. If you save it, it replaces this one:", "Ihr Text steht noch im Feld. Wenn Sie ihn speichern, ersetzt er diesen:";
    TAKE_THEIRS: "Use this text", "Diesen Text übernehmen";
    REVISION_APPROVED_BY: "Revision {n}, approved by {name}.", "Stand {n}, freigegeben von {name}.";
    REVISION_APPROVED: "Revision {n}, approved.", "Stand {n}, freigegeben.";
    REVISION_DRAFT: "Revision {n}, draft.", "Stand {n}, Entwurf.";
    SENT_BACK: "Sent back to the writer", "Zur Überarbeitung zurückgegeben";
    MANAGER_APPROVES: "A manager approves this draft.", "Diesen Entwurf gibt die Leitung frei.";
    OWN_EDIT: "You edited this draft last. Somebody else must approve it.", "Sie haben diesen Entwurf zuletzt bearbeitet. Jemand anderes muss ihn freigeben.";
    APPROVE_REPORT: "Approve", "Freigeben";
    SEND_BACK: "Send back", "Zurückgeben";
    SEND_BACK_NOTE: "What is missing?", "Was fehlt noch?";
    NOT_NOW: "Not now", "Jetzt nicht";
    FILES: "Files", "Dateien";
    FILES_HINT: "A file stays internal until a release shares it.", "Eine Datei bleibt intern, bis eine Freigabe sie teilt.";
    NO_FILES: "The report has no files.", "Der Bericht hat keine Dateien.";
    ADD_FILES: "Add photos or documents", "Fotos oder Dokumente hinzufügen";
    UPLOAD: "Upload", "Hochladen";
    FILE_SHARED: "Shared", "Geteilt";
    DOWNLOADS: "Downloads", "Downloads";
    NO_DOWNLOADS: "Nobody has downloaded it yet.", "Noch hat niemand sie heruntergeladen.";
    REMOVE: "Remove", "Entfernen";
    SHARED_WITH_CUSTOMER: "Shared with the customer", "Mit dem Kunden geteilt";
    NOT_SHARED: "Not shared", "Nicht geteilt";
    NOTHING_SHARED: "Nothing is shared now.", "Zurzeit ist nichts geteilt.";
    OPENED_BY: "Opened by", "Geöffnet von";
    OPENED_BY_NOBODY: "Nobody has opened it yet.", "Noch hat niemand ihn geöffnet.";
    WITHDRAW: "Withdraw", "Zurückziehen";
    WITHDRAW_NOW: "Withdraw now", "Jetzt zurückziehen";
    WITHDRAW_REASON: "Internal reason", "Interner Grund";
    UNSHARE_FOLLOW_UPS: "Also stop sharing its follow-ups", "Auch die Folgearbeiten nicht mehr teilen";
    VERSION: "Version {n}", "Fassung {n}";
    VERSION_OF_REVISION: "Version {n}, from revision {revision}.", "Fassung {n}, aus Stand {revision}.";
    SHARED_BY: "Shared by {name}, {date}.", "Geteilt von {name}, {date}.";
    NO_FILES_SHARED: "No files are shared with it.", "Dazu sind keine Dateien geteilt.";
    PAST_RELEASES: "Earlier versions", "Frühere Fassungen";
    RELEASE_WITHDRAWN: "withdrawn", "zurückgezogen";
    RELEASE_SUPERSEDED: "replaced by a newer one", "durch eine neuere ersetzt";
    NO_FOLLOW_UPS: "No follow-ups have this status.", "Keine Folgearbeiten in diesem Stand.";
    NO_FOLLOW_UPS_HERE: "This visit left nothing to be done.", "Nach diesem Besuch ist nichts offen.";
    REQUIRE_FOLLOW_UP: "Require a follow-up", "Folgearbeit anlegen";
    INTERNAL_TEXT: "What is to be done", "Was zu tun ist";
    PUBLIC_TEXT: "Text for the customer", "Text für den Kunden";
    PUBLIC_TEXT_HINT: "The customer reads it once you share it.", "Der Kunde liest ihn, sobald Sie ihn teilen.";
    NO_PUBLIC_TEXT: "No text for the customer yet.", "Noch kein Text für den Kunden.";
    PLAN: "Plan", "Planen";
    PLAN_FOLLOW_UP: "Create work for it", "Auftrag dafür anlegen";
    PLAN_FOLLOW_UP_HINT: "It counts as planned once its work has a shared date.", "Geplant ist sie, sobald ihr Auftrag einen geteilten Termin hat.";
    EDIT: "Edit", "Bearbeiten";
    SAVE: "Save", "Speichern";
    SHARE: "Share with the customer", "Mit dem Kunden teilen";
    UNSHARE: "Stop sharing", "Nicht mehr teilen";
    SHARE_NEEDS_RELEASE: "You can share it once the report is released.", "Teilen können Sie sie, sobald der Bericht geteilt ist.";
    CANCEL_FOLLOW_UP: "Cancel follow-up", "Folgearbeit stornieren";
    CANCEL_FOLLOW_UP_HINT: "The customer no longer sees it. Work created for it stays.", "Der Kunde sieht sie nicht mehr. Ein angelegter Auftrag bleibt.";
    WORK_TITLE: "Title of the work", "Titel des Auftrags";
    WORK_PUBLIC_TITLE: "Title for the customer", "Titel für den Kunden";
    WORK_NOTE: "Dispatch note", "Notiz für die Disposition";
    WORK_BILLING: "Billing code", "Abrechnungscode";
    WORK_SCORE: "Routing score", "Routenwert";
    CREATE_WORK: "Create work", "Auftrag anlegen";
    BACK_TO_REPORT: "Back to the report", "Zurück zum Bericht";
    MANAGER_RELEASES: "A manager releases reports.", "Berichte teilt die Leitung.";
    BEFORE_PUBLISHING: "Before publishing", "Vor dem Veröffentlichen";
    EARLIER_REVISION_GOES: "The newest approved revision is released, not the draft.", "Geteilt wird der neueste freigegebene Stand, nicht der Entwurf.";
    NOT_APPROVED_YET: "The report is not approved yet.", "Der Bericht ist noch nicht freigegeben.";
    GATE_TITLE: "The portal title is filled in.", "Der Titel im Portal ist ausgefüllt.";
    GATE_NO_TITLE: "The portal title is missing.", "Der Titel im Portal fehlt noch.";
    GATE_SUMMARY: "The summary is filled in.", "Die Zusammenfassung ist ausgefüllt.";
    GATE_NO_SUMMARY: "The summary is missing.", "Die Zusammenfassung fehlt noch.";
    GATE_FILES: "You have decided about every file.", "Sie haben über jede Datei entschieden.";
    GATE_FILES_OPEN: "Decide about the files, then tick the box below.", "Entscheiden Sie über die Dateien, dann haken Sie das Feld unten an.";
    GATE_NO_FILES: "There are no files to decide about.", "Es gibt keine Dateien zu entscheiden.";
    PORTAL_TITLE: "Portal title", "Titel im Portal";
    PORTAL_TITLE_HINT: "The customer reads these words only, never the report text.", "Der Kunde liest nur diese Worte, nie den Berichtstext.";
    PORTAL_SUMMARY: "Summary", "Zusammenfassung";
    PORTAL_MESSAGE: "Message (optional)", "Nachricht (optional)";
    FILES_DECIDED: "I have decided about every file", "Ich habe über jede Datei entschieden";
    SHARE_FILE: "Share with the customer", "Mit dem Kunden teilen";
    PUBLIC_NAME: "Public name", "Öffentlicher Name";
    CAPTION: "Caption", "Bildunterschrift";
    PUBLISH: "Publish", "Veröffentlichen";
    PREVIEW: "Preview", "Vorschau";
    PREVIEW_INCOMPLETE: "The preview appears here once title and summary are filled in.", "Die Vorschau erscheint hier, sobald Titel und Zusammenfassung ausgefüllt sind.";
    PREVIEW_REFUSED: "No preview: a field is empty or too long.", "Keine Vorschau: Ein Feld ist leer oder zu lang.";
    PREVIEW_NOBODY: "Nobody may see reports at this location yet.", "Noch darf niemand Berichte an diesem Standort sehen.";
    AS_SEEN_BY: "As {name} sees it", "So sieht es {name}";
    FILES_OF_SHARED: "{n} of {all} files shared.", "{n} von {all} Dateien geteilt.";
    ADD_CUSTOMER: "Add customer", "Kunden anlegen";
    CHOOSE_CUSTOMER: "Choose the customer this person gets access to.", "Wählen Sie den Kunden, zu dem diese Person Zugang bekommt.";
    SEARCH_CUSTOMER: "Customer name", "Name des Kunden";
    SEARCH: "Search", "Suchen";
    NO_CUSTOMERS: "No customers found.", "Keine Kunden gefunden.";
    PLEASE_CHOOSE: "Please choose", "Bitte wählen";
    NAME: "Name", "Name";
    KIND: "Kind", "Art";
    INTERNAL_NOTE: "Internal note", "Interne Notiz";
    NO_NOTE: "No note yet.", "Noch keine Notiz.";
    ALL_CUSTOMERS: "All customers", "Alle Kunden";
    INVITE_PERSON: "Invite person", "Person einladen";
    NEW_WORK: "New work", "Neuer Auftrag";
    EDIT_CUSTOMER: "Edit customer", "Kunden bearbeiten";
    LOCATIONS: "Locations", "Standorte";
    ADD_LOCATION: "Add location", "Standort anlegen";
    IMPORT_LOCATIONS: "Import locations", "Standorte übernehmen";
    MANAGER_IMPORTS: "A manager imports locations.", "Standorte übernimmt die Leitung.";
    BRING_LIST: "Your list", "Ihre Liste";
    LIST_FILE: "CSV file", "CSV-Datei";
    LIST_FILE_HINT: "UTF-8, with commas or semicolons. At most 1 MB and {n} lines.", "UTF-8, mit Komma oder Semikolon. Höchstens 1 MB und {n} Zeilen.";
    LIST_TEXT: "Or paste the list", "Oder die Liste einfügen";
    LIST_TEXT_HINT: "With its first line. It counts only when no file is chosen.", "Mit ihrer ersten Zeile. Zählt nur, wenn keine Datei gewählt ist.";
    CHECK_LIST: "Check the list", "Liste prüfen";
    COLUMNS: "Columns", "Spalten";
    COLUMNS_HINT: "The first line names the columns, in any order.", "Die erste Zeile nennt die Spalten, in beliebiger Reihenfolge.";
    COLUMN: "Column", "Spalte";
    COLUMN_ALSO: "In German", "Auf Deutsch";
    COLUMN_HOLDS: "What it holds", "Was darin steht";
    COLUMN_REQUIRED: "In each line", "In jeder Zeile";
    LIST_EXAMPLE: "Download an example", "Beispiel herunterladen";
    LIST_PREVIEW: "What the list would do", "Was die Liste bewirkt";
    LIST_DONE: "This list was imported.", "Diese Liste ist übernommen.";
    LIST_PROBLEMS: "Problems by line", "Fehler nach Zeilen";
    LIST_NEW: "New locations", "Neue Standorte";
    LIST_NEW_PEOPLE: "People who get access", "Personen, die Zugang bekommen";
    LIST_LANGUAGE: "Language: en or de", "Sprache: en oder de";
    INVITE_MANY: "Invite a list of people", "Liste von Personen einladen";
    ACCESS_FOR_ALL: "Access for everybody on the list", "Zugang für alle auf der Liste";
    INVITATIONS_SENT: "Everybody on this list was invited.", "Alle auf dieser Liste sind eingeladen.";
    LINE: "Line", "Zeile";
    LINE_PROBLEM: "What is wrong", "Was nicht stimmt";
    ADDRESS: "Address", "Adresse";
    SHOWN_OF: "{n} of {all} are shown.", "{n} von {all} werden gezeigt.";
    EDIT_LOCATION: "Edit location", "Standort bearbeiten";
    NO_LOCATIONS: "This customer has no locations yet.", "Dieser Kunde hat noch keine Standorte.";
    STREET: "Street and number", "Straße und Hausnummer";
    POSTAL_CODE: "Postal code", "Postleitzahl";
    CITY: "City", "Ort";
    ZONE: "Time zone", "Zeitzone";
    ZONE_HINT: "For example Europe/Berlin. Appointments follow the clock there.", "Zum Beispiel Europe/Berlin. Termine richten sich nach der Uhr dort.";
    PEOPLE_WITH_ACCESS: "People with access", "Personen mit Zugang";
    NO_PEOPLE_HERE: "Nobody has access to this customer yet.", "Noch hat niemand Zugang zu diesem Kunden.";
    PERSON_INVITED: "Invited", "Eingeladen";
    PERSON_ACTIVE: "Active", "Aktiv";
    PERSON_EXPIRED: "Invitation expired", "Einladung abgelaufen";
    PERSON_REVOKED: "Invitation revoked", "Einladung zurückgenommen";
    PERSON_DISABLED: "Disabled", "Gesperrt";
    PEOPLE_LEDE: "Invite people from a customer's page.", "Eingeladen wird auf der Seite eines Kunden.";
    SEARCH_PERSON: "Name or email address", "Name oder E-Mail-Adresse";
    NO_PEOPLE: "No people found.", "Keine Personen gefunden.";
    NEVER_SIGNED_IN: "Never signed in", "Noch nie angemeldet";
    LAST_SIGN_IN: "Last sign-in", "Letzte Anmeldung";
    ALL_LOCATIONS: "All locations, including new ones", "Alle Standorte, auch neue";
    ALL_LOCATIONS_HINT: "Locations added later are included.", "Später angelegte Standorte gehören dazu.";
    CHOSEN_LOCATIONS: "Selected locations", "Ausgewählte Standorte";
    CHOSEN_LOCATIONS_HINT: "All others stay hidden.", "Alle anderen bleiben verborgen.";
    CHOSEN_LOCATIONS_WHEN: "Counts only for selected locations.", "Gilt nur bei ausgewählten Standorten.";
    NO_RIGHTS: "no rights", "keine Rechte";
    UNTIL: "until {date}", "bis {date}";
    WHICH_LOCATIONS: "Which locations?", "Welche Standorte?";
    RIGHTS: "Rights", "Rechte";
    LAST_DAY: "Last day of access", "Letzter Tag des Zugangs";
    LAST_DAY_HINT: "Leave it empty for access without an end.", "Leer lassen für Zugang ohne Ende.";
    THEY_WILL_SEE: "They will see: {locations}, {requests}, {appointments}, {reports}.", "Zu sehen sind dann: {locations}, {requests}, {appointments}, {reports}.";
    GAINED: "Gained: {what}.", "Neu dazu: {what}.";
    LOST: "Lost: {what}.", "Es fällt weg: {what}.";
    NOTHING_GAINED_OR_LOST: "Nothing is gained or lost.", "Nichts kommt dazu, nichts fällt weg.";
    CHECK_FIRST: "Check what they will see", "Prüfen, was zu sehen ist";
    SEES_NOW: "Sees now: {locations}, {requests}, {appointments}, {reports}.", "Sieht jetzt: {locations}, {requests}, {appointments}, {reports}.";
    INVITE_TO: "Access to {customer}", "Zugang zu {customer}";
    MANAGER_INVITES: "A manager invites people.", "Personen lädt die Leitung ein.";
    PERSON: "Person", "Person";
    PERSON_NAME: "First and last name", "Vor- und Nachname";
    KNOWN_PERSON: "This person is known already; its name and number stay as they are.", "Diese Person ist schon bekannt; Name und Nummer bleiben.";
    PHONE: "Phone", "Telefon";
    PHONE_HINT: "Optional. For questions about a visit.", "Optional. Für Fragen zu einem Besuch.";
    LANGUAGE: "Language", "Sprache";
    ACCESS: "Access", "Zugang";
    SEND_INVITATION: "Send invitation", "Einladung senden";
    ALL_PEOPLE: "All people", "Alle Personen";
    ADD_ACCESS: "Add access to another customer", "Zugang zu weiterem Kunden";
    ENABLE: "Enable", "Entsperren";
    DISABLE: "Disable", "Sperren";
    DISABLE_HINT: "{name} is signed out everywhere at once, and open links stop working.", "{name} wird sofort überall abgemeldet, offene Links werden ungültig.";
    EDIT_PERSON: "Edit person", "Person bearbeiten";
    NO_ACCESS: "This person has no access now.", "Diese Person hat zurzeit keinen Zugang.";
    CHANGE_ACCESS: "Change access", "Zugang ändern";
    END_ACCESS: "End access", "Zugang beenden";
    END_ACCESS_HINT: "The access ends at once.", "Der Zugang endet sofort.";
    INVITATIONS: "Invitations", "Einladungen";
    INVITATION_PENDING: "Open", "Offen";
    INVITATION_ACCEPTED: "Accepted", "Angenommen";
    INVITATION_EXPIRED: "Expired", "Abgelaufen";
    INVITATION_REVOKED: "Revoked", "Zurückgenommen";
    INVITED_BY: "Invited by {name}, {date}.", "Eingeladen von {name}, {date}.";
    MAIL_WAITS: "The email is not sent yet.", "Die Mail ist noch nicht gesendet.";
    MAIL_SENT: "Email sent {date}.", "Mail gesendet {date}.";
    INVITATION_UNTIL: "Valid until {date}.", "Gültig bis {date}.";
    RESEND: "Send again", "Erneut senden";
    REVOKE: "Revoke", "Zurücknehmen";
    RESEND_HINT: "Sending again makes the old link invalid.", "Mit dem erneuten Senden wird der alte Link ungültig.";
    YOUR_ACCOUNT: "Your account", "Ihr Konto";
    ROLES: "Roles", "Rollen";
    ROLES_LEDE: "Who may do what at the desk.", "Wer im Büro was darf.";
    COMPANY: "Company", "Firma";
    COMPANY_NAME: "Name of the company", "Name der Firma";
    COMPANY_NAME_HINT: "Customers read it on every page and in every mail.", "Kunden lesen ihn auf jeder Seite und in jeder Mail.";
    EMERGENCY_PHONE: "Emergency number (optional)", "Notrufnummer (freiwillig)";
    EMERGENCY_PHONE_HINT: "Shown to customers who report a danger.", "Erscheint bei Kunden, die eine Gefahr melden.";
    COMPANY_ZONE_HINT: "For example Europe/Berlin. Weeks of the overview and times of the log follow it.", "Zum Beispiel Europe/Berlin. Wochen der Übersicht und Zeiten des Protokolls richten sich danach.";
    TEMPLATES: "Reply templates", "Textvorlagen";
    TEMPLATES_LEDE: "Texts to begin a message to a customer with. Customers read only what is sent.", "Texte für den Anfang einer Nachricht. Kunden lesen nur, was gesendet wird.";
    NO_TEMPLATES: "There are no templates yet.", "Noch gibt es keine Vorlagen.";
    ADD_TEMPLATE: "Add template", "Vorlage anlegen";
    EDIT_TEMPLATE: "Edit template", "Vorlage bearbeiten";
    TEMPLATE_PURPOSE: "What for", "Wofür";
    TEMPLATE_TEXT_EN: "English text", "Englischer Text";
    TEMPLATE_TEXT_DE: "German text (optional)", "Deutscher Text (freiwillig)";
    TEMPLATE_TEXT_DE_HINT: "Without it, German customers get the English text.", "Ohne ihn bekommen deutsche Kunden den englischen Text.";
    REMOVE_TEMPLATE_HINT: "What was sent with it stays.", "Was damit gesendet wurde, bleibt.";
    COMPANY_SAVED: "The company is saved.", "Die Firma ist gespeichert.";
    BRAND: "Brand", "Auftritt";
    BRAND_LEDE: "How the portal looks to customers. The desk stays as it is.", "Wie das Portal für Kunden aussieht. Das Büro bleibt, wie es ist.";
    BRAND_SAVED: "The brand is saved.", "Der Auftritt ist gespeichert.";
    ACCENT: "Accent colour (optional)", "Akzentfarbe (freiwillig)";
    ACCENT_HINT: "For example #0B5A5E. Its shade for the dark is found by itself.", "Zum Beispiel #0B5A5E. Der Ton für dunkle Ansichten ergibt sich daraus.";
    ON_LIGHT: "On light", "Auf Hell";
    IN_THE_DARK: "In the dark", "Auf Dunkel";
    LOGO: "Logo", "Logo";
    LOGO_NOW: "The current logo", "Das jetzige Logo";
    LOGO_FILE: "Picture", "Bild";
    LOGO_HINT: "PNG or JPEG, up to 1 MB. It stands on white, in place of the company's name.", "PNG oder JPEG, bis 1 MB. Es steht auf Weiß, anstelle des Firmennamens.";
    SET_LOGO: "Use this logo", "Dieses Logo verwenden";
    REMOVE_LOGO: "Remove the logo", "Logo entfernen";
    CONTRAST: "contrast {ratio}:1", "Kontrast {ratio}:1";
    STATUS_WORDS: "Status words", "Statuswörter";
    STATUS_WORDS_LEDE: "What customers read as a status: in the portal, in mails, calendars and PDFs. An empty field means our word.", "Was Kunden als Status lesen: im Portal, in Mails, Kalendern und PDFs. Leere Felder bedeuten unser Wort.";
    STATUS_WORDS_SAVED: "The status words are saved.", "Die Statuswörter sind gespeichert.";
    WORD_EN: "English, in place of “{word}”", "Englisch, statt „{word}“";
    WORD_DE: "German, in place of “{word}”", "Deutsch, statt „{word}“";
    STAFF: "Staff", "Mitarbeitende";
    AUDIT_LEDE: "Who did what, newest first. Times are those of {zone}.", "Wer was getan hat, das Neueste zuerst. Zeiten in {zone}.";
    AUDIT_ABOUT: "About", "Worum es geht";
    AUDIT_SUBJECT: "Subject", "Thema";
    AUDIT_KIND: "Kind of event", "Art des Ereignisses";
    AUDIT_WHO: "Name or email address", "Name oder E-Mail-Adresse";
    AUDIT_FROM: "From", "Von";
    AUDIT_UNTIL: "Until", "Bis";
    AUDIT_NOTHING: "Nothing like this happened.", "So etwas ist nicht vorgekommen.";
    AUDIT_TIME: "Time (UTC)", "Zeit (UTC)";
    EXPORT_CSV: "Download as CSV", "Als CSV herunterladen";
    PASSWORD_CHANGED: "Your password is changed. Your other sessions have ended.", "Ihr Passwort ist geändert. Ihre anderen Sitzungen sind beendet.";
    ROLE: "Role", "Rolle";
    SESSIONS: "Sessions", "Sitzungen";
    NO_SESSIONS: "Signed in nowhere.", "Nirgends angemeldet.";
    THIS_SESSION: "This session", "Diese Sitzung";
    END_SESSION: "End", "Beenden";
    SESSION_STARTED: "Started", "Begonnen";
    SESSION_LAST_SEEN: "last seen", "zuletzt gesehen";
    SIGN_OUT_EVERYWHERE: "Sign out everywhere", "Überall abmelden";
    OLD_PASSWORD: "Current password", "Jetziges Passwort";
    NEW_PASSWORD: "New password", "Neues Passwort";
    PASSWORD_HINT: "At least 15 characters. Several words in a row are easy to remember.", "Mindestens 15 Zeichen. Mehrere Wörter hintereinander lassen sich gut merken.";
    CHANGE_PASSWORD: "Change password", "Passwort ändern";
    YES: "Yes", "Ja";
    NO: "No", "Nein";
    ACT: "Act", "Handlung";
    ADD_STAFF: "Add staff member", "Person hinzufügen";
    EDIT_STAFF: "Edit staff member", "Person bearbeiten";
    FIRST_PASSWORD: "First password", "Erstes Passwort";
    LOG_ENTRIES: "Entries of the log", "Einträge des Verlaufs";
    // End of reports, follow-ups, customers, people, settings

    // Inbox, requests, planning, work
    ALL_REQUESTS: "All requests", "Alle Anfragen";
    RECORD_REQUEST: "Record a request", "Anfrage erfassen";
    QUEUES: "Queues", "Warteschlangen";
    QUEUE_NEW: "New", "Neu";
    QUEUE_REVIEW: "In review", "In Prüfung";
    QUEUE_MINE: "Mine", "Meine";
    QUEUE_WAITING: "Waiting for customer", "Wartet auf Kunden";
    QUEUE_SNOOZED: "Snoozed", "Zurückgestellt";
    QUEUE_ACCEPTED: "Accepted", "Angenommen";
    QUEUE_ALL: "All", "Alle";
    QUEUE_EMPTY: "Nothing waits here.", "Hier wartet nichts.";
    STOPS_WORK: "Stops their work", "Hält den Betrieb auf";
    DANGER: "Danger now", "Gefahr im Moment";
    STATUS_VISITED: "Visited, work open", "Besucht, Auftrag offen";
    STATUS_WITHDRAWN: "Withdrawn by the customer", "Vom Kunden zurückgezogen";
    DECISION_PENDING: "Decision pending", "Entscheidung läuft";

    REQUEST: "Request", "Anfrage";
    SENT_ON: "Sent {date}", "Gesendet {date}";
    ASSIGNED_TO: "Assigned to {name}", "Zugewiesen an {name}";
    ASSIGNED_TO_NOBODY: "Assigned to nobody", "Niemandem zugewiesen";
    SNOOZED_UNTIL: "Snoozed until {date}", "Zurückgestellt bis {date}";
    CUSTOMER_SEES: "Customer sees:", "Der Kunde sieht:";
    PUBLIC_REASON: "Reason for the customer", "Grund für den Kunden";
    PUBLIC_NOTE: "Sentence for the customer", "Satz für den Kunden";
    INTERNAL_REASON: "Internal reason", "Interner Grund";
    CUSTOMER_READS_THIS: "The customer reads this.", "Der Kunde liest das.";
    DUPLICATE_OF: "Repeats request", "Wiederholt Anfrage";
    CONTACT: "Contact", "Ansprechperson";
    ON_SITE: "Contact on site", "Ansprechperson vor Ort";
    URGENT: "Urgent?", "Dringend?";
    WISHED: "Preferred time", "Wunschtermin";
    RECORDED_BY: "Recorded by", "Erfasst von";
    LOCATION_NOTE: "Note about the location", "Notiz zum Standort";
    OTHERS_HERE: "Other requests at this location", "Weitere Anfragen an diesem Standort";
    NO_OTHERS_HERE: "There are no other requests at this location.", "An diesem Standort gibt es keine weiteren Anfragen.";

    REQUESTS: "Requests", "Anfragen";
    SEARCH_EVERYTHING: "Search everything", "Alles durchsuchen";
    SEARCH_HINT: "Type a number, a name or any words.", "Geben Sie eine Nummer, einen Namen oder Wörter ein.";
    SEARCH_ALL_KINDS: "Search everything else too", "Auch alles andere durchsuchen";
    FOUND_WORK: "Work", "Aufträge";
    FOUND_ALL_REQUESTS: "All requests found", "Alle gefundenen Anfragen";
    FOUND_ALL_WORK: "All work found", "Alle gefundenen Aufträge";
    FOUND_ALL_REPORTS: "All reports found", "Alle gefundenen Berichte";
    FOUND_ALL_CUSTOMERS: "All customers found", "Alle gefundenen Kunden";
    FOUND_ALL_LOCATIONS: "All locations found", "Alle gefundenen Standorte";
    FOUND_ALL_PEOPLE: "All people found", "Alle gefundenen Personen";

    KEYS: "Keys", "Tasten";
    KEYS_LEDE: "Single keys work wherever you are not typing.", "Einzelne Tasten wirken überall, wo Sie nicht tippen.";
    KEYS_ARE_OFF: "You have turned single keys off. Ctrl K still works.", "Sie haben einzelne Tasten ausgeschaltet. Strg K wirkt weiter.";
    KEYS_SWITCH: "Turn single keys on or off", "Einzelne Tasten ein- oder ausschalten";
    SINGLE_KEYS: "Use single keys", "Einzelne Tasten verwenden";
    KEY_DOWN: "Next row", "Nächste Zeile";
    KEY_UP: "Previous row", "Vorige Zeile";
    KEY_OPEN: "Open the row", "Zeile öffnen";
    KEY_SHOW_NEW: "Show what is new", "Neues anzeigen";
    MARK_DUPLICATE: "Duplicate", "Doppelt";
    DUPLICATE_NUMBER_NEEDED: "Number of the request it repeats", "Nummer der wiederholten Anfrage";
    CUSTOMER_WILL_SEE: "Then the customer sees:", "Der Kunde sieht dann:";
    CUSTOMER_SEES_NOTHING: "The customer sees nothing of this.", "Der Kunde sieht davon nichts.";
    CUSTOMER_READS_NUMBER: "The customer also reads the number of the repeated request.", "Der Kunde liest auch die Nummer der wiederholten Anfrage.";
    COMMANDS: "Commands", "Befehle";
    COMMANDS_HINT: "Page, act or any record", "Seite, Handlung oder beliebiger Vorgang";
    COMMAND_GO: "Page", "Seite";
    CLOSE: "Close", "Schließen";

    NEXT_STEP: "Next step", "Nächster Schritt";
    NOTHING_TO_DO: "There is nothing to do here now.", "Hier ist zurzeit nichts zu tun.";
    START_REVIEW: "Start review", "Prüfung beginnen";
    ASSIGN_TO_ME: "Assign to me", "Mir zuweisen";
    UNASSIGN: "Unassign", "Zuweisung aufheben";
    SNOOZE: "Snooze", "Zurückstellen";
    SNOOZE_UNTIL: "Snooze until", "Zurückstellen bis";
    SNOOZE_HINT: "It comes back at six in the morning of that day.", "An diesem Tag um sechs Uhr ist sie wieder da.";
    WAKE: "Back to the queue now", "Jetzt zurück in die Warteschlange";
    ASK_CUSTOMER: "Ask the customer", "Kunden fragen";
    MANAGER_DECIDES: "A manager decides about this request.", "Über diese Anfrage entscheidet die Leitung.";
    ACCEPT: "Accept", "Annehmen";
    DECLINE: "Decline", "Ablehnen";
    DUPLICATE_NUMBER: "Number of the request it repeats (optional)", "Nummer der wiederholten Anfrage (optional)";
    DUPLICATE_HINT: "Only for a duplicate at the same location.", "Nur bei einer Doppelung am selben Standort.";
    PENDING_ACCEPT: "{name} accepted this request.", "{name} hat diese Anfrage angenommen.";
    PENDING_REJECT: "{name} declined this request.", "{name} hat diese Anfrage abgelehnt.";
    YOU_ACCEPTED: "You accepted: {title}", "Sie haben angenommen: {title}";
    YOU_DECLINED: "You declined: {title}", "Sie haben abgelehnt: {title}";
    TAKE_BACK: "Take back", "Zurücknehmen";
    REOPEN: "Reopen", "Wieder öffnen";
    CANCEL_REQUEST: "Cancel request", "Anfrage stornieren";
    CANCELS_WORK_TOO: "This also cancels its work and scheduled appointments.", "Das storniert auch den Auftrag und die geplanten Termine.";
    WORK_OF_REQUEST: "Work for this request:", "Auftrag zu dieser Anfrage:";
    CREATE_WORK_SEEN: "Of the work the customer reads its public title, nothing else.", "Vom Auftrag liest der Kunde nur den öffentlichen Titel.";
    CREATE_WORK_HINT: "Preferred times, files and the contact go along.", "Wunschtermine, Dateien und Ansprechperson gehen mit.";

    CONVERSATION: "Conversation with the customer", "Austausch mit dem Kunden";
    NO_MESSAGES: "No messages yet.", "Noch keine Nachrichten.";
    TEAM: "Team", "Team";
    QUESTION: "Question", "Frage";
    TO_CUSTOMER: "To the customer", "An den Kunden";
    NO_READERS: "Nobody can read it at the moment.", "Zurzeit kann es niemand lesen.";
    MESSAGE_TO_CUSTOMER: "Message to the customer", "Nachricht an den Kunden";
    MESSAGE_HINT: "The customer reads it at once. The status stays as it is.", "Der Kunde liest es sofort. Der Status bleibt, wie er ist.";
    MESSAGE_WITH_FILES: "Message with files", "Nachricht mit Dateien";
    TEXT_WITH_FILES: "Text of the message", "Text der Nachricht";
    MESSAGE_FILES_HINT: "The customer sees text and files at once.", "Der Kunde sieht Text und Dateien sofort.";
    NOTE_WITH_FILES: "Internal note with files", "Interne Notiz mit Dateien";
    TEXT_OF_NOTE: "Text of the note", "Text der Notiz";
    NOTE_FILES_HINT: "The files stay in the office, like the note.", "Die Dateien bleiben im Büro, wie die Notiz.";
    SAVE_NOTE_WITH_FILES: "Save note with files", "Notiz mit Dateien speichern";
    TEMPLATES_IN_ENGLISH: "Templates, in English", "Vorlagen auf Englisch";
    TEMPLATES_IN_GERMAN: "Templates, in German", "Vorlagen auf Deutsch";
    TEMPLATE_ENGLISH_ONLY: "(English only)", "(nur auf Englisch)";
    SEND_TO_CUSTOMER: "Send to the customer", "An den Kunden senden";
    SEND_TO_ONE: "Send to {name}", "An {name} senden";
    SEND_TO_MORE: "Send to {name} + {n}", "An {name} + {n} senden";
    QUESTION_TO_CUSTOMER: "Question to the customer", "Frage an den Kunden";
    QUESTION_HINT: "The review waits until the customer answers.", "Die Prüfung wartet, bis der Kunde antwortet.";
    ASK_ONE: "Ask {name}", "{name} fragen";
    ASK_MORE: "Ask {name} + {n}", "{name} + {n} fragen";
    INTERNAL_NOTES: "Internal notes", "Interne Notizen";
    OFFICE_COPY: "Office copy", "Büroexemplar";
    SAVE_NOTE: "Save internal note", "Interne Notiz speichern";

    WHICH_CUSTOMER: "Which customer?", "Welcher Kunde?";
    WHICH_CONTACT: "Who asked?", "Wer hat sich gemeldet?";
    WHICH_LOCATION: "Which location?", "Welcher Standort?";
    NOBODY_MAY_SEND: "Nobody may send requests for this customer yet.", "Noch darf niemand Anfragen für diesen Kunden senden.";
    NO_LOCATIONS_TO_SEND: "This person has no locations yet.", "Diese Person hat noch keine Standorte.";
    CHANGE: "Change", "Ändern";
    RECORD_HINT: "The contact sees it as its own request, recorded by your team.", "Die Person sieht sie als eigene Anfrage, erfasst von Ihrem Team.";
    REQUEST_TITLE: "Title", "Titel";
    DESCRIPTION: "Description", "Beschreibung";
    WISHED_DAYS: "Preferred times", "Wunschtermine";
    WISHED_DAYS_HINT: "They count only with “On certain days”. Leave the hours empty for a whole day.", "Sie zählen nur bei „An bestimmten Tagen“. Ohne Uhrzeiten gilt der ganze Tag.";
    DAY: "Day", "Tag";
    FROM_TIME: "From", "Von";
    UNTIL_TIME: "Until", "Bis";

    EARLIER: "Earlier", "Früher";
    TODAY: "Today", "Heute";
    WEEK: "Week", "Woche";
    LIST: "List", "Liste";
    PLAN_VIEWS: "Views of the plan", "Ansichten des Plans";
    ALL_TEAMS: "All teams", "Alle Teams";
    SHOW: "Show", "Zeigen";
    PLAN_EMPTY: "Nothing is planned in these weeks.", "In diesen Wochen ist nichts geplant.";
    FIND_TIME: "Find a time", "Zeit suchen";
    FIND_TIME_FOR: "Choose a time for “{title}”, {place}.", "Wählen Sie eine Zeit für „{title}“, {place}.";
    OTHER_TIME: "Other time", "Andere Zeit";
    PUT_BACK: "Stop looking", "Nicht weiter suchen";
    SCHEDULE_HERE: "Schedule here", "Hier planen";
    FITS_WISH: "Fits the wish of {wish}", "Passt zum Wunsch {wish}";
    OUTSIDE_WISHES: "Outside of the wishes", "Außerhalb der Wünsche";
    OVERLAPS: "Overlap: {team} is also at {place}, {hours}", "Überschneidung: {team} ist auch in {place}, {hours}";
    LATER: "Later", "Später";
    TO_PLAN: "To plan", "Zu planen";
    NOTHING_TO_PLAN: "All work has an appointment.", "Jeder Auftrag hat einen Termin.";
    TENTATIVE: "Tentative, not shared", "Vorläufig, nicht geteilt";

    CREATED_ON: "Created {date}", "Angelegt {date}";
    PUBLIC_TITLE_IS: "Title for the customer: {title}", "Titel für den Kunden: {title}";
    PLANNED_FOR_FOLLOW_UP: "Planned for a follow-up", "Für eine Folgearbeit geplant";
    WORK_OPEN: "Open", "Offen";
    WORK_DONE: "Done", "Erledigt";
    WORK_CANCELLED: "Cancelled", "Storniert";
    FINISH_WORK: "Finish work", "Auftrag abschließen";
    FINISH_WORK_HINT: "For the customer, the request is then completed.", "Für den Kunden ist die Anfrage dann abgeschlossen.";
    FINISH_WORK_LATER: "First close or cancel the appointment that is still scheduled.", "Schließen Sie zuerst den noch geplanten Termin ab, oder sagen Sie ihn ab.";
    REOPEN_WORK: "Reopen work", "Auftrag wieder öffnen";
    CANCEL_WORK: "Cancel work", "Auftrag stornieren";
    CANCEL_WORK_HINT: "Its request may then be planned anew.", "Die Anfrage kann danach neu geplant werden.";
    APPOINTMENTS: "Appointments", "Termine";
    NO_APPOINTMENTS: "No appointments yet.", "Noch keine Termine.";
    IN_SERIES: "Part of a series", "Teil einer Serie";
    SCHEDULE_VISIT: "Schedule visit", "Termin planen";
    SCHEDULE_SERIES: "Schedule series", "Serie planen";
    EVERY_WEEKS: "Every how many weeks?", "Alle wie viele Wochen?";
    NUMBER_OF_VISITS: "Number of visits", "Anzahl der Besuche";
    FIRST_VISIT: "Day and hours of the first visit:", "Tag und Uhrzeit des ersten Besuchs:";
    WHO_GOES: "Who goes there", "Wer hinfährt";
    SHARE_APPOINTMENT_HINT: "Without it the appointment is tentative. The customer does not see it.", "Ohne das ist der Termin vorläufig. Der Kunde sieht ihn nicht.";
    MOVE_APPOINTMENT: "Move", "Verschieben";
    SUGGESTED_TIMES: "Suggested times", "Terminvorschläge";
    SUGGESTED_BY: "{name} suggests another time", "{name} schlägt einen anderen Termin vor";
    MOVE_TO_THIS: "Move to this time", "Auf diesen Termin verschieben";
    KEEP_APPOINTMENT: "Keep the appointment", "Termin beibehalten";
    KEEP_HINT: "Optional. The customer reads this.", "Optional. Der Kunde liest das.";
    NOW_PLANNED: "Planned: {when}", "Geplant: {when}";
    CANCEL_APPOINTMENT: "Cancel appointment", "Termin absagen";
    NOT_SHARED_NO_REASON: "The customer never saw it. You may leave this empty.", "Der Kunde hat ihn nie gesehen. Das Feld darf leer bleiben.";
    VISIT_DONE: "Visit done", "Besuch erledigt";
    VISIT_NO_ACCESS: "No access", "Kein Zugang";
    NO_ACCESS_HINT: "The customer reads: We could not get in.", "Der Kunde liest: Wir kamen nicht hinein.";
    TECHNICIAN: "Technician", "Techniker";
    ARRIVED: "Arrived", "Angekommen";
    LEFT: "Left", "Gegangen";
    VISIT_NOTE: "Internal note about the visit", "Interne Notiz zum Besuch";
    WRITE_REPORT: "Write report", "Bericht schreiben";
    OPEN_REPORT: "Open report", "Bericht öffnen";
    // End of inbox, requests, planning, work

    // Who sees what
    WHO_SEES: "Who sees this, and why", "Wer das sieht, und warum";
    BY_OWN_REQUEST: "Own request", "Eigene Anfrage";
    BY_COLLEAGUES: "Right to see colleagues' requests", "Recht: Anfragen von Kollegen sehen";
    BY_APPOINTMENTS: "Right to see appointments", "Recht: Termine sehen";
    BY_REPORTS: "Right to see reports", "Recht: Berichte sehen";
    WITH_DOWNLOADS: "May download its files", "Darf die Dateien herunterladen";
    WITHOUT_DOWNLOADS: "No downloads", "Ohne Downloads";
    BY_WHOLE_CUSTOMER: "Access to all locations", "Zugang zu allen Standorten";
    BY_THIS_LOCATION: "Access to this location", "Zugang zu diesem Standort";
    NOBODY_NOT_SHARED: "Nobody sees this: no appointment is shared.", "Niemand sieht das: Kein Termin ist geteilt.";
    NOBODY_NOT_RELEASED: "Nobody sees this: the report is not released.", "Niemand sieht das: Der Bericht ist nicht geteilt.";
    NOBODY_NO_ACCESS: "Nobody sees this: nobody has access to this location.", "Niemand sieht das: Niemand hat Zugang zu diesem Standort.";
    NOBODY_NO_RIGHT: "Nobody sees this: those with access lack the right.", "Niemand sieht das: Wer Zugang hat, hat das Recht dazu nicht.";
    SEE_PORTAL_AS: "See the portal as {name}", "Das Portal wie {name} sehen";
    PORTAL_AS: "The portal as {name} sees it", "Das Portal, wie {name} es sieht";
    YOU_SEE_WHAT: "You see what {name} sees. Nothing can be changed here.", "Sie sehen, was {name} sieht. Hier lässt sich nichts ändern.";
    SIGNED_OUT_SEES_NOTHING: "This person cannot sign in now, and sees nothing.", "Diese Person kann sich zurzeit nicht anmelden und sieht nichts.";
    LOOK_IS_LOGGED: "The audit log tells who looked, and when.", "Das Protokoll hält fest, wer wann hier war.";
    IN_FIGURES: "In figures", "In Zahlen";
    QUESTIONS_WAITING: "Questions to answer", "Offene Fragen";
    OPEN_WORK: "Open work", "Offene Arbeiten";
    NOTHING_IS_SEEN: "There is nothing to see.", "Hier ist nichts zu sehen.";
    ACCESS_TABLE: "People and locations", "Personen und Standorte";
    ACCESS_TABLE_LEDE: "All: every location, including new ones. Selected: this one was chosen.", "Alle: jeder Standort, auch neue. Gewählt: Dieser wurde ausgewählt.";
    SEARCH_LOCATION: "Location or address", "Standort oder Adresse";
    NO_LOCATIONS_FOUND: "No locations found.", "Keine Standorte gefunden.";
    FIRST_PEOPLE: "First people", "Erste Personen";
    MORE_PEOPLE: "More people", "Weitere Personen";
    COVERED_ALL: "All", "Alle";
    COVERED_CHOSEN: "Selected", "Gewählt";
    NOT_COVERED: "No access", "Kein Zugang";
    // End of who sees what

    // First steps
    FIRST_STEPS: "First steps", "Erste Schritte";
    FIRST_STEPS_LEDE: "Four steps until your first customer can sign in.", "Vier Schritte, bis Ihr erster Kunde sich anmelden kann.";
    FIRST_STEPS_DONE: "All done. Your first customer has an invitation.", "Alles erledigt. Ihr erster Kunde hat eine Einladung.";
    STEP_COMPANY: "Name your company and set its time zone", "Firma benennen und Zeitzone festlegen";
    STEP_CUSTOMER: "Add the first customer", "Ersten Kunden anlegen";
    STEP_LOCATION: "Add its first location", "Ersten Standort anlegen";
    STEP_INVITATION: "Invite the first person", "Erste Person einladen";
    STEP_DONE: "Done:", "Erledigt:";
    STEP_OPEN: "Open:", "Offen:";

    // Overview
    OVERVIEW: "Overview", "Übersicht";
    OVERVIEW_LEDE: "The last twelve weeks, Monday to Sunday, in {zone}.", "Die letzten zwölf Wochen, Montag bis Sonntag, in {zone}.";
    BACK_TO_OVERVIEW: "Back to the overview", "Zurück zur Übersicht";
    AS_TABLE: "As a table", "Als Tabelle";
    REQUESTS_PER_WEEK: "Requests per week", "Anfragen pro Woche";
    REQUESTS_PER_WEEK_LEDE: "By the week they were sent, and what became of them so far.", "Nach der Woche des Eingangs, mit dem bisherigen Ergebnis.";
    AGE_OF_OPEN: "Age of open requests", "Alter der offenen Anfragen";
    AGE_OF_OPEN_LEDE: "Requests that nobody has decided about yet.", "Anfragen, über die noch niemand entschieden hat.";
    AGE: "Age", "Alter";
    AGE_RANGE: "{least}–{most} days", "{least}–{most} Tage";
    AGE_OLDEST: "{least} days or more", "{least} Tage oder mehr";
    TIME_TO_ANSWER: "Time to first answer and to decision", "Zeit bis zur ersten Antwort und zur Entscheidung";
    TIME_TO_ANSWER_LEDE: "Half of the requests waited at most so long. In hours.", "Die Hälfte der Anfragen wartete höchstens so lange. In Stunden.";
    FIRST_ANSWER: "First answer", "Erste Antwort";
    DECISION: "Decision", "Entscheidung";
    ANSWERED: "Answered", "Beantwortet";
    DECIDED: "Decided", "Entschieden";
    HOURS_SHORT: "{n} h", "{n} Std.";
    APPOINTMENTS_KEPT: "Appointments kept", "Eingehaltene Termine";
    APPOINTMENTS_KEPT_LEDE: "Shared appointments whose time has come.", "Geteilte Termine, deren Zeit gekommen ist.";
    REPORTS_WAITING: "Reports waiting for release", "Berichte vor der Freigabe";
    REPORTS_WAITING_LEDE: "Reports that the customer does not see as they stand.", "Berichte, die der Kunde so noch nicht sieht.";
    STAGE: "Stage", "Stand";
    HOW_MANY: "Number", "Anzahl";
    REQUESTS_BEHIND: "Requests behind the number", "Anfragen hinter der Zahl";
    APPOINTMENTS_BEHIND: "Appointments behind the number", "Termine hinter der Zahl";
    NOTHING_BEHIND: "Nothing is behind this number.", "Hinter dieser Zahl steht nichts.";
    ANSWERED_AFTER: "first answer after {time}", "erste Antwort nach {time}";
    DECIDED_AFTER: "decided after {time}", "entschieden nach {time}";
    // End of overview
}

/// How many people would see a release.
pub const PEOPLE_WILL_SEE: Plural = Plural {
    zero: Text::new("Nobody will see this yet.", "Noch wird niemand das sehen."),
    one: Text::new("1 person will see this.", "1 Person wird das sehen."),
    other: Text::new("{n} people will see this.", "{n} Personen werden das sehen."),
};

/// How many of those who would see a release may fetch its files, when it is not everybody.
pub const MAY_DOWNLOAD: Plural = Plural {
    zero: Text::new("Downloading shared files is not part of their access.", "Geteilte Dateien herunterladen gehört nicht zum Zugang."),
    one: Text::new("Only 1 person may also download shared files.", "Nur 1 Person darf geteilte Dateien auch herunterladen."),
    other: Text::new("Only {n} people may also download shared files.", "Nur {n} Personen dürfen geteilte Dateien auch herunterladen."),
};

/// The same when it is everybody.
pub const ALL_MAY_DOWNLOAD: Plural = Plural {
    zero: Text::new("Nobody may download shared files.", "Niemand darf geteilte Dateien herunterladen."),
    one: Text::new("This person may also download shared files.", "Diese Person darf geteilte Dateien auch herunterladen."),
    other: Text::new("All of them may also download shared files.", "Alle dürfen geteilte Dateien auch herunterladen."),
};

/// What a withdrawal can no longer undo.
pub const ALREADY_OPENED: Plural = Plural {
    zero: Text::new("Nobody has opened it yet.", "Noch hat niemand ihn geöffnet."),
    one: Text::new("1 person has opened it already:", "1 Person hat ihn bereits geöffnet:"),
    other: Text::new("{n} people have opened it already:", "{n} Personen haben ihn bereits geöffnet:"),
};

/// Counts of what somebody sees, or of what a customer has.
pub const LOCATIONS_N: Plural = Plural {
    zero: Text::new("no locations", "keine Standorte"),
    one: Text::new("1 location", "1 Standort"),
    other: Text::new("{n} locations", "{n} Standorte"),
};
pub const PEOPLE_N: Plural = Plural {
    zero: Text::new("no people", "keine Personen"),
    one: Text::new("1 person", "1 Person"),
    other: Text::new("{n} people", "{n} Personen"),
};
pub const REQUESTS_N: Plural = Plural {
    zero: Text::new("no requests", "keine Anfragen"),
    one: Text::new("1 request", "1 Anfrage"),
    other: Text::new("{n} requests", "{n} Anfragen"),
};
pub const OPEN_REQUESTS_N: Plural = Plural {
    zero: Text::new("Nothing open", "Nichts offen"),
    one: Text::new("1 open request", "1 offene Anfrage"),
    other: Text::new("{n} open requests", "{n} offene Anfragen"),
};
pub const APPOINTMENTS_N: Plural = Plural {
    zero: Text::new("no appointments", "keine Termine"),
    one: Text::new("1 appointment", "1 Termin"),
    other: Text::new("{n} appointments", "{n} Termine"),
};
pub const REPORTS_N: Plural = Plural {
    zero: Text::new("no reports", "keine Berichte"),
    one: Text::new("1 report", "1 Bericht"),
    other: Text::new("{n} reports", "{n} Berichte"),
};

/// What a list of locations would do.
pub const LIST_NEW_N: Plural = Plural {
    zero: Text::new("No location is new.", "Kein Standort ist neu."),
    one: Text::new("1 location is new.", "1 Standort ist neu."),
    other: Text::new("{n} locations are new.", "{n} Standorte sind neu."),
};
pub const LIST_KNOWN_N: Plural = Plural {
    zero: Text::new("None is there already.", "Keiner ist schon da."),
    one: Text::new("1 is there already and stays as it is.", "1 ist schon da und bleibt, wie er ist."),
    other: Text::new("{n} are there already and stay as they are.", "{n} sind schon da und bleiben, wie sie sind."),
};
pub const LIST_NEW_PEOPLE_N: Plural = Plural {
    zero: Text::new("Nobody is new.", "Niemand ist neu."),
    one: Text::new("1 person gets access.", "1 Person bekommt Zugang."),
    other: Text::new("{n} people get access.", "{n} Personen bekommen Zugang."),
};
pub const LIST_KNOWN_PEOPLE_N: Plural = Plural {
    zero: Text::new("Nobody has access already.", "Niemand hat schon Zugang."),
    one: Text::new("1 person has access already and keeps it.", "1 Person hat schon Zugang und behält ihn."),
    other: Text::new("{n} people have access already and keep it.", "{n} Personen haben schon Zugang und behalten ihn."),
};
pub const SEND_INVITATIONS_N: Plural = Plural {
    zero: Text::new("Send no invitation", "Keine Einladung senden"),
    one: Text::new("Send 1 invitation", "1 Einladung senden"),
    other: Text::new("Send {n} invitations", "{n} Einladungen senden"),
};
pub const LIST_PROBLEMS_N: Plural = Plural {
    zero: Text::new("Nothing is wrong.", "Alles stimmt."),
    one: Text::new("1 problem. Nothing is done until it is solved.", "1 Fehler. Bis er behoben ist, geschieht nichts."),
    other: Text::new("{n} problems. Nothing is done until they are solved.", "{n} Fehler. Bis sie behoben sind, geschieht nichts."),
};
pub const IMPORT_N: Plural = Plural {
    zero: Text::new("Import nothing", "Nichts übernehmen"),
    one: Text::new("Import 1 location", "1 Standort übernehmen"),
    other: Text::new("Import {n} locations", "{n} Standorte übernehmen"),
};

/// How many suggested times wait for an answer.
pub const SUGGESTIONS_N: Plural = Plural {
    zero: Text::new("No suggestion waits for an answer.", "Kein Vorschlag wartet auf Antwort."),
    one: Text::new("1 suggestion waits for an answer.", "1 Vorschlag wartet auf Antwort."),
    other: Text::new("{n} suggestions wait for an answer.", "{n} Vorschläge warten auf Antwort."),
};

/// How much a search shows.
pub const FOUND_N: Plural = Plural {
    zero: Text::new("Nothing was found.", "Nichts gefunden."),
    one: Text::new("1 result is shown.", "1 Treffer wird gezeigt."),
    other: Text::new("{n} results are shown.", "{n} Treffer werden gezeigt."),
};

/// What a queue's page does not show yet.
pub const SHOW_NEW_N: Plural = Plural {
    zero: Text::new("Show what has changed", "Änderungen anzeigen"),
    one: Text::new("Show 1 new request", "1 neue Anfrage anzeigen"),
    other: Text::new("Show {n} new requests", "{n} neue Anfragen anzeigen"),
};

/// How long a request has waited.
pub const MINUTES: Plural = Plural {
    zero: Text::new("just now", "gerade eben"),
    one: Text::new("1 minute", "1 Minute"),
    other: Text::new("{n} minutes", "{n} Minuten"),
};
pub const HOURS: Plural = Plural {
    zero: Text::new("less than an hour", "unter einer Stunde"),
    one: Text::new("1 hour", "1 Stunde"),
    other: Text::new("{n} hours", "{n} Stunden"),
};
pub const DAYS: Plural = Plural {
    zero: Text::new("less than a day", "unter einem Tag"),
    one: Text::new("1 day", "1 Tag"),
    other: Text::new("{n} days", "{n} Tage"),
};

/// How many wished windows a request has.
pub const WISH_COUNT: Plural = Plural {
    zero: Text::new("no preferred time", "kein Wunschtermin"),
    one: Text::new("1 preferred time", "1 Wunschtermin"),
    other: Text::new("{n} preferred times", "{n} Wunschtermine"),
};

/// When a pending decision takes effect.
pub const EFFECT_IN_SECONDS: Plural = Plural {
    zero: Text::new("It takes effect now.", "Sie wird jetzt wirksam."),
    one: Text::new("It takes effect in 1 second.", "Sie wird in 1 Sekunde wirksam."),
    other: Text::new("It takes effect in {n} seconds.", "Sie wird in {n} Sekunden wirksam."),
};
