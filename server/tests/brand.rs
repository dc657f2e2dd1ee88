//! The portal in its company's colour: on every page of the portal, under an address of its own, and nowhere at the desk.

use crate::domain_support::PICTURE;
use crate::support::Server;
use app::ctx::Face;
use domain::role::Role;

/// The address of the brand's style sheet in a page.
fn address(page: &str) -> Option<String> {
    let at = page.find("/brand.css?v=")?;
    page[at..].split('"').next().map(str::to_owned)
}

#[tokio::test]
async fn a_brand_is_linked_by_its_version_and_kept_by_browsers() {
    let server = Server::start().await;
    let ada = server.staff("ada", Role::Admin).await;
    let mut nobody = server.browser(Face::Portal);
    assert_eq!(address(&nobody.get("/sign-in").await.text()), None);
    assert_eq!(nobody.get("/brand.css").await.status, 404);

    let desk = server.running.db.desk(&ada);
    desk.edit_brand(desk.brand().await.unwrap().version, "#003366").await.unwrap();
    let style = address(&nobody.get("/sign-in").await.text()).expect("a link");
    let answer = nobody.get(&style).await;
    assert_eq!((answer.status, answer.header("content-type")), (200, "text/css; charset=utf-8"));
    assert_eq!(answer.header("cache-control"), "public, max-age=31536000, immutable");
    assert!(answer.text().contains("--petrol:#003366"), "{}", answer.text());
    let tag = answer.header("etag").to_owned();
    let again = nobody.send("GET", "/brand.css", &[("if-none-match", &tag)], b"").await;
    assert_eq!((again.status, again.header("cache-control"), again.body.len()), (304, "no-cache", 0));
    // An address of another version must not be kept for good.
    assert_eq!(nobody.get("/brand.css?v=other").await.header("cache-control"), "no-cache");

    let mut office = server.browser(Face::Desk);
    assert_eq!(address(&office.get("/desk/sign-in").await.text()), None);
    assert_eq!(office.get("/brand.css").await.status, 404);
}

#[tokio::test]
async fn a_logo_stands_in_place_of_the_name_and_says_it() {
    let server = Server::start().await;
    let mara = server.staff("mara", Role::Manager).await;
    let (mut ines, _) = server.contact(&mara, "ines").await;
    let mut admin = server.signed_in("ada", Role::Admin).await;
    let page = admin.get("/desk/settings?part=brand").await.text();
    let (_, version) = page.split_once("name=\"version\" value=\"").unwrap();
    let version = version.split('"').next().unwrap();
    for (file, expected) in [(b"<svg></svg>".as_slice(), "/desk/settings?part=brand"), (PICTURE, "/desk/settings?part=brand&changed=brand")]
    {
        let head = format!(
            "--edge\r\nContent-Disposition: form-data; name=\"version\"\r\n\r\n{version}\r\n--edge\r\nContent-Disposition: form-data; name=\"file\"; filename=\"logo.png\"\r\n\r\n"
        );
        let body = [head.as_bytes(), file, b"\r\n--edge--\r\n"].concat();
        let answer = admin.post_as("/desk/settings/logo", "multipart/form-data; boundary=edge", &body).await;
        assert_eq!(answer.location(), expected);
        if expected.ends_with("part=brand") {
            assert!(admin.get(expected).await.text().contains("Please send the logo as PNG or JPEG."));
        }
    }
    let mut nobody = server.browser(Face::Portal);
    for page in [nobody.get("/sign-in").await.text(), ines.get("/").await.text()] {
        let (_, image) = page.split_once("<img src=\"/logo.png?v=").unwrap_or_else(|| panic!("no logo: {page}"));
        let image = image.split('>').next().unwrap();
        assert!(image.contains("alt=\"Ordinavo\""), "{image}");
    }
    let logo = nobody.get("/logo.png").await;
    assert_eq!((logo.status, logo.header("content-type"), logo.header("x-content-type-options")), (200, "image/png", "nosniff"));
}
