//! Files on their way out: whole, in parts, not once more when they are known; and the previews of pictures.

use crate::support::{Browser, Server};
use app::ctx::Face;
use domain::id::AttachmentId;
use domain::role::Role;

const PHOTO: &[u8] = include_bytes!("../assets/demo/boiler.jpg");

/// Somebody with a photo in a draft: its address.
async fn with_photo(server: &Server) -> (Browser, Browser, String) {
    let mara = server.staff("mara", Role::Manager).await;
    let (mut ines, location) = server.contact(&mara, "ines").await;
    let (other, _) = server.contact(&mara, "otto").await;
    ines.get("/requests/new").await;
    let started = ines.post("/api/portal/start_draft", &[("location", &location.to_string())]).await;
    let draft = started.location().strip_prefix("/requests/new/").expect("a draft").split('?').next().unwrap().to_owned();
    let form = format!("/requests/new/{draft}?step=files");
    ines.get(&form).await;
    assert_eq!(ines.upload(&format!("/requests/drafts/{draft}/files"), &[("boiler.jpg", PHOTO)]).await.status, 303);
    let page = ines.get(&form).await.text();
    let start = page.find("/files/").map(|at| at + "/files/".len());
    let id: String = start.map(|start| page[start..].chars().take_while(|c| *c != '/').collect()).expect("the preview is on the page");
    id.parse::<AttachmentId>().expect("the id of the file");
    (ines, other, format!("/files/{id}"))
}

#[tokio::test]
async fn v8_a_file_comes_whole_or_in_parts_and_not_once_more() {
    let server = Server::start().await;
    let (mut ines, _, file) = with_photo(&server).await;
    let whole = ines.get(&file).await;
    let (size, tag) = (whole.body.len(), whole.header("etag").to_owned());
    assert_eq!((whole.status, whole.header("accept-ranges")), (200, "bytes"));
    assert_eq!(whole.header("content-length"), size.to_string());
    assert!(tag.len() == 66 && tag.starts_with('"') && tag.ends_with('"'), "{tag}");

    let length = size.to_string();
    for (range, from, until) in
        [("bytes=0-9".to_owned(), 0, 10), ("bytes=100-".to_owned(), 100, size), ("bytes=-7".to_owned(), size - 7, size)]
    {
        let part = ines.send("GET", &file, &[("range", &range)], b"").await;
        assert_eq!((part.status, part.header("content-range")), (206, format!("bytes {from}-{}/{length}", until - 1).as_str()), "{range}");
        assert_eq!((part.header("content-length"), &part.body[..]), ((until - from).to_string().as_str(), &whole.body[from..until]));
        assert_eq!((part.header("etag"), part.header("cache-control")), (tag.as_str(), "private, no-store"), "{range}");
        assert!(part.header("content-disposition").starts_with("attachment"), "{range}");
    }
    for headers in [
        &[("range", "bytes=0-9,20-29")][..],
        &[("range", "bytes=9-0")],
        &[("range", "lines=0-9")],
        &[("range", "bytes=0-9"), ("if-range", "\"another\"")],
        &[("range", "bytes=0-9"), ("if-range", "Mon, 02 Mar 2026 09:00:00 GMT")],
        &[("if-none-match", "\"another\"")],
    ] {
        let answer = ines.send("GET", &file, headers, b"").await;
        assert_eq!((answer.status, answer.body.len(), answer.header("content-range")), (200, size, ""), "{headers:?}");
    }
    let same = ines.send("GET", &file, &[("range", "bytes=0-9"), ("if-range", &tag)], b"").await;
    assert_eq!((same.status, same.body.len()), (206, 10));

    let beyond = ines.send("GET", &file, &[("range", &format!("bytes={length}-"))], b"").await;
    assert_eq!((beyond.status, beyond.header("content-range"), beyond.body.len()), (416, format!("bytes */{length}").as_str(), 0));
    for method in ["GET", "HEAD"] {
        for known in [tag.as_str(), "*", &format!("\"another\", W/{tag}")] {
            let answer = ines.send(method, &file, &[("if-none-match", known), ("range", "bytes=0-9")], b"").await;
            assert_eq!((answer.status, answer.body.len()), (304, 0), "{method} {known}");
            assert_eq!((answer.header("etag"), answer.header("cache-control")), (tag.as_str(), "private, no-store"));
        }
    }
    let head = ines.send("HEAD", &file, &[("range", "bytes=0-9")], b"").await;
    assert_eq!((head.status, head.header("content-length"), head.body.len()), (200, length.as_str(), 0));
}

#[tokio::test]
async fn promise_2_no_condition_tells_that_a_file_of_others_is_there() {
    let server = Server::start().await;
    let (mut ines, mut other, file) = with_photo(&server).await;
    let tag = ines.get(&file).await.header("etag").to_owned();
    for headers in [
        &[][..],
        &[("range", "bytes=0-9")],
        &[("range", "bytes=99999999-")],
        &[("if-none-match", "*")],
        &[("if-none-match", tag.as_str())],
        &[("range", "bytes=0-9"), ("if-range", tag.as_str())],
    ] {
        for method in ["GET", "HEAD"] {
            for end in ["", "/preview"] {
                let random = format!("/files/{}{end}", AttachmentId::new());
                for path in [format!("{file}{end}"), random, format!("/files/nonsense{end}")] {
                    let answer = other.send(method, &path, headers, b"").await;
                    assert_eq!(answer.status, 404, "{method} {path} {headers:?}");
                    for name in ["etag", "accept-ranges", "content-range", "content-disposition"] {
                        assert_eq!(answer.header(name), "", "{method} {path} {headers:?}");
                    }
                }
            }
        }
    }
}

#[tokio::test]
async fn promise_12_a_preview_is_a_picture_of_ours_and_stays_in_no_cache() {
    let server = Server::start().await;
    let (mut ines, _, file) = with_photo(&server).await;
    let preview = ines.get(&format!("{file}/preview")).await;
    assert_eq!((preview.status, preview.header("content-type"), &preview.body[..3]), (200, "image/jpeg", &b"\xff\xd8\xff"[..]));
    assert_eq!(preview.header("content-length"), preview.body.len().to_string());
    assert_eq!((preview.header("content-disposition"), preview.header("x-content-type-options")), ("inline", "nosniff"));
    assert_eq!((preview.header("cache-control"), preview.header("content-security-policy")), ("private, no-store", "sandbox"));
    let mut desk = server.browser(Face::Desk);
    assert_eq!(desk.get("/desk/files/nonsense/preview").await.location(), "/desk/sign-in?next=/desk/files/nonsense/preview");
}
