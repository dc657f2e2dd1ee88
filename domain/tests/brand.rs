//! What the portal wears of its company: who chooses it, and what is refused.

use crate::support::{JPEG, PDF, PICTURE, on_both};
use domain::Error;
use domain::audit::AuditFilter;
use domain::brand::LOGO_LIMIT;
use domain::field::{Problem, Problems, Refusal};
use domain::role::Role;

#[tokio::test]
async fn g14_an_administrator_gives_the_portal_its_accent_and_nobody_else_does() {
    on_both(async |world| {
        let admin = world.staff("Ada", Role::Admin).await;
        let desk = world.db.desk(&admin);
        let before = desk.brand().await.unwrap();
        assert_eq!((before.accent.as_str(), before.shades.len()), ("", 0), "{}", world.engine);
        assert!(world.db.anonymous().brand_style().await.unwrap().is_none(), "{}: nothing changes without a brand", world.engine);
        for role in [Role::Dispatcher, Role::Manager] {
            let other = world.staff(role.word(), role).await;
            assert!(matches!(world.db.desk(&other).brand().await, Err(Error::Forbidden)), "{role} on {}", world.engine);
            let refused = world.db.desk(&other).edit_brand(before.version, "#003366").await;
            assert!(matches!(refused, Err(Error::Forbidden)), "{role} on {}", world.engine);
        }
        desk.edit_brand(before.version, " 036 ").await.unwrap();
        let after = desk.brand().await.unwrap();
        assert_eq!((after.accent.as_str(), after.shades[0].0.as_str()), ("#003366", "#003366"), "{}", world.engine);
        assert!(after.shades.iter().all(|(_, contrast)| *contrast >= 450), "{}: {:?}", world.engine, after.shades);
        let style = world.db.anonymous().brand_style().await.unwrap().unwrap();
        assert!(style.text.starts_with(":root{--petrol:#003366;"), "{}: {}", world.engine, style.text);

        let stale = desk.edit_brand(before.version, "#663300").await;
        assert!(matches!(stale, Err(Error::Conflict)), "{}", world.engine);
        desk.edit_brand(after.version, "#663300").await.unwrap();
        let next = world.db.anonymous().brand_style().await.unwrap().unwrap();
        assert_ne!(style.version, next.version, "{}: another style, another address", world.engine);
        desk.edit_brand(desk.brand().await.unwrap().version, "").await.unwrap();
        assert!(world.db.anonymous().brand_style().await.unwrap().is_none(), "{}", world.engine);

        let log = desk.journal(&AuditFilter { kind: "company_brand_changed".into(), ..AuditFilter::default() }).await.unwrap();
        let details: Vec<_> = log.entries.items.iter().map(|entry| entry.log.details.as_str()).collect();
        assert_eq!(details, ["Changed: accent colour"; 3], "{}", world.engine);
    })
    .await;
}

#[tokio::test]
async fn an_accent_that_cannot_be_read_is_refused_with_one_that_can() {
    on_both(async |world| {
        let admin = world.staff("Ada", Role::Admin).await;
        let desk = world.db.desk(&admin);
        let before = desk.brand().await.unwrap();
        let passes = match desk.edit_brand(before.version, "#FFD400").await {
            Err(Error::Invalid(problems)) => match problems.get("accent") {
                Some(Problem::LowContrast { hundredths: 117, passes }) => passes.clone(),
                other => panic!("not the contrast but {other:?}"),
            },
            other => panic!("no problems but {other:?}"),
        };
        match desk.edit_brand(before.version, "red;}body{display:none}").await {
            Err(Error::Invalid(problems)) => assert_eq!(problems, Problems::of("accent", Problem::NotAColour), "{}", world.engine),
            other => panic!("no problems but {other:?}"),
        }
        assert_eq!(desk.brand().await.unwrap(), before, "{}", world.engine);
        desk.edit_brand(before.version, &passes).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn promise_12_a_logo_is_made_anew_of_a_pictures_pixels_and_nothing_else_is_taken() {
    on_both(async |world| {
        let (admin, manager) = (world.staff("Ada", Role::Admin).await, world.manager().await);
        let desk = world.db.desk(&admin);
        let before = desk.brand().await.unwrap().version;
        let refused = world.db.desk(&manager).set_logo(before, PICTURE.to_vec()).await;
        assert!(matches!(refused, Err(Error::Forbidden)), "{}", world.engine);
        assert!(matches!(world.db.desk(&manager).remove_logo(before).await, Err(Error::Forbidden)), "{}", world.engine);
        let large = [PICTURE, &[0; LOGO_LIMIT]].concat();
        for (file, problem) in [
            (b"".as_slice(), Problem::Missing),
            (
                b"<svg xmlns=\"http://www.w3.org/2000/svg\"><script>alert(1)</script></svg>".as_slice(),
                Problem::Refused(Refusal::LogoNotAPicture),
            ),
            (PDF, Problem::Refused(Refusal::LogoNotAPicture)),
            // It begins like a JPEG and has no pixels.
            (JPEG, Problem::Refused(Refusal::LogoNotAPicture)),
            (large.as_slice(), Problem::Refused(Refusal::LogoTooLarge)),
        ] {
            match desk.set_logo(before, file.to_vec()).await {
                Err(Error::Invalid(problems)) => assert_eq!(problems, Problems::of("file", problem), "{}", world.engine),
                other => panic!("no problems but {other:?}"),
            }
        }
        assert!(matches!(world.db.anonymous().logo().await, Err(Error::NotFound)), "{}", world.engine);

        // What stands behind the picture's end does not come along.
        desk.set_logo(before, [PICTURE, b"<script>secret</script>"].concat()).await.unwrap();
        let (png, version) = world.db.anonymous().logo().await.unwrap();
        assert!(png.starts_with(b"\x89PNG\r\n\x1a\n") && !png.windows(6).any(|part| part == b"secret"), "{}", world.engine);
        let logo = world.db.anonymous().company().await.unwrap().logo.unwrap();
        assert_eq!((logo.version, logo.width, logo.height), (version, 2, 2), "{}", world.engine);

        let stale = desk.set_logo(before, PICTURE.to_vec()).await;
        assert!(matches!(stale, Err(Error::Conflict)), "{}", world.engine);
        desk.remove_logo(desk.brand().await.unwrap().version).await.unwrap();
        assert_eq!(desk.brand().await.unwrap().logo, None, "{}", world.engine);
    })
    .await;
}
