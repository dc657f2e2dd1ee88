//! Tables to take along: for whom, in which form, and that nothing in them is run.

use crate::support::Server;
use app::ctx::Face;
use domain::role::Role;

#[tokio::test]
async fn promise_11_the_audit_log_is_exported_for_administrators_and_no_cell_is_run() {
    let server = Server::start().await;
    let mut ada = server.signed_in("ada", Role::Admin).await;
    let hostile = "=HYPERLINK(\"https://evil.example\")";
    let fields = [
        ("who[name]", hostile),
        ("who[email]", "evil@service.example"),
        ("who[role]", "manager"),
        ("who[password]", "nine-herons-by-the-pond"),
    ];
    assert_eq!(ada.post("/api/desk/add_staff", &fields).await.status, 303);

    let table = ada.get("/desk/audit.csv?kind=staff_added").await;
    assert_eq!((table.status, table.header("content-type")), (200, "text/csv; charset=utf-8"));
    assert!(table.header("content-disposition").starts_with("attachment; filename=\"audit.csv\""));
    assert_eq!((table.header("cache-control"), table.header("content-security-policy")), ("private, no-store", "sandbox"));
    let text = table.text();
    assert!(text.starts_with("\u{feff}\"Time (UTC)\",\"Who\",\"What\",\"About\",\"Details\"\r\n"), "{text}");
    assert!(text.contains("\"'=HYPERLINK(\"\"https://evil.example\"\")\""), "{text}");
    assert!(!text.contains("Signed in"), "{text}");

    // Fetching it is written down, by whom and of what; asking for its head is not.
    assert_eq!(ada.send("HEAD", "/desk/audit.csv", &[], b"").await.status, 200);
    let whole = ada.get("/desk/audit.csv").await.text();
    assert_eq!(whole.matches("\"Audit log exported\"").count(), 2, "{whole}");

    let mut mara = server.signed_in("mara", Role::Manager).await;
    assert_eq!(mara.get("/desk/audit.csv").await.status, 403);
    let mut nobody = server.browser(Face::Desk);
    assert_eq!(nobody.get("/desk/audit.csv").await.location(), "/desk/sign-in?next=/desk/audit.csv");
    assert_eq!(server.browser(Face::Portal).get("/desk/audit.csv").await.status, 404);
}
