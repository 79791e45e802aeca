//! Photos of a visit through the router: who sees them, what is kept of them, what is refused.

use serde_json::json;

use super::*;

const FORM: (&str, &str) = ("content-type", "multipart/form-data; boundary=edge");

/// A form with one file.
fn form(name: &str, bytes: &[u8]) -> Vec<u8> {
    let head = format!(
        "--edge\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\
         Content-Type: application/octet-stream\r\n\r\n"
    );
    [head.as_bytes(), bytes, b"\r\n--edge--\r\n"].concat()
}

/// A JPEG of 4 × 3 pixels that says where it was taken, with a film behind it; `mark` tells it from others.
fn photo(mark: u8) -> Vec<u8> {
    let mut file = b"\xff\xd8\xff\xe1\0\x1aExif\0\0GPS 29.87N 121.55E".to_vec();
    file.extend_from_slice(b"\xff\xc0\0\x0b\x08\0\x03\0\x04\x01\x01\x11\0\xff\xda\0\x08\x01\x01\0\0\x3f\0");
    file.push(mark);
    file.extend_from_slice(b"\xff\xd9GPS film");
    file
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn photos_of_a_visit_are_for_who_reads_it_and_say_no_place() {
    let site = Site::new(&[("sign_in.per_minute", "100000")]);
    let firm = site.enterprise("91330203MA00000001");
    let clerk = site.session(site.account("clerk", &["clerk"], "园区经济发展局", None));
    let leader = site.session(site.account("leader", &["leader"], "", None));
    let stranger = site.session(site.account("qiye", &["enterprise"], "", Some(firm)));
    let auditor = site.session(site.account("auditor", &["auditor"], "", None));
    let visit = |day: &str| {
        json!({ "enterprise": firm.0, "values": { "visited_on": day, "form": "实地" } }).to_string()
    };
    let made = site.ask(&clerk, "POST", "/api/v1/visits", &visit("2023-10-31")).await;
    let entry = made.json["visit"].as_u64().expect("a visit");
    let other = site.ask(&clerk, "POST", "/api/v1/visits", &visit("2023-10-30")).await.json["visit"].clone();
    let path = format!("/api/v1/visits/{entry}/photos");

    // The name says nothing: what it is says the content.
    let added = site.ask_with(&clerk, "POST", &path, form("report.xlsx", &photo(1)), &[FORM]).await;
    assert_eq!(added.status, StatusCode::OK, "{}", added.json);
    let again = site.ask_with(&clerk, "POST", &path, form("IMG_2.jpg", &photo(1)), &[FORM]).await;
    assert_eq!(again.json["items"].as_array().map(Vec::len), Some(1), "the same photo stands once");
    let text = site.ask_with(&clerk, "POST", &path, form("IMG_3.jpg", b"<svg onload='x'/>"), &[FORM]).await;
    assert_eq!(text.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(text.json["detail"], "这个文件不是 JPEG 或 PNG 照片");
    let large = vec![0; (10 << 20) + 1];
    let large = site.ask_with(&clerk, "POST", &path, form("IMG_4.jpg", &large), &[FORM]).await;
    assert_eq!((large.status, large.code()), (StatusCode::PAYLOAD_TOO_LARGE, "too-large"));
    assert_eq!(large.json["detail"], "照片超过 10 MB");

    let seen = site.ask(&leader, "GET", &path, "").await;
    let one = &seen.json["items"][0];
    assert_eq!(
        (&one["width"], &one["height"], &seen.json["may_record"]),
        (&json!(4), &json!(3), &json!(false))
    );
    let file = format!("{path}/{}", one["entry"]);
    let shown = site.ask(&leader, "GET", &file, "").await;
    assert_eq!(
        (shown.status, &shown.headers["content-type"]),
        (StatusCode::OK, &"image/jpeg".parse().expect("plain"))
    );
    assert_eq!(shown.headers["x-content-type-options"], "nosniff");
    assert!(shown.bytes.starts_with(b"\xff\xd8\xff") && !shown.bytes.windows(3).any(|part| part == b"GPS"));

    // Nobody without the visit: neither list nor file, nor under another visit, nor among the kept files.
    for who in [&stranger, &auditor, &Visitor::default()] {
        for path in [&path, &file] {
            let refused = site.ask(who, "GET", path, "").await.status;
            assert!([StatusCode::FORBIDDEN, StatusCode::UNAUTHORIZED].contains(&refused), "{refused}");
        }
    }
    let elsewhere = format!("/api/v1/visits/{other}/photos/{}", one["entry"]);
    assert_eq!(site.ask(&leader, "GET", &elsewhere, "").await.status, StatusCode::NOT_FOUND);
    let digest = app::digest_hex(&shown.bytes);
    let kept = site.ask(&stranger, "GET", &format!("/api/v1/sources/{digest}"), "").await.status;
    assert_eq!(kept, StatusCode::FORBIDDEN);
    let refused = site.ask_with(&leader, "POST", &path, form("a.jpg", &photo(2)), &[FORM]).await;
    assert_eq!((refused.status, refused.code()), (StatusCode::FORBIDDEN, "not-allowed"));
    let nowhere = format!("/api/v1/visits/{}/photos", firm.0);
    let nowhere = site.ask_with(&clerk, "POST", &nowhere, form("a.jpg", &photo(2)), &[FORM]).await;
    assert_eq!(nowhere.status, StatusCode::NOT_FOUND, "a photo belongs to a visit");

    // A backup has the photo; taken out it is gone from the visit.
    let folder = tempfile::tempdir().expect("a folder");
    let (archive, restored) = (folder.path().join("backup"), folder.path().join("restored"));
    site.app.parks.read(|park| park.store().backup(&archive)).expect("backed up");
    store::Store::restore(&archive, &restored, &mut |_| ()).expect("restored");
    let copy = store::Store::open(&restored).expect("opened");
    assert_eq!(copy.original(&digest).expect("kept"), shown.bytes);
    let out = site.ask(&clerk, "DELETE", &file, "").await;
    assert_eq!((out.status, &out.json["items"]), (StatusCode::OK, &json!([])), "{}", out.json);
    assert_eq!(site.ask(&leader, "GET", &file, "").await.status, StatusCode::NOT_FOUND);
    // Chosen again it comes back.
    let back = site.ask_with(&clerk, "POST", &path, form("IMG_1.jpg", &photo(1)), &[FORM]).await;
    assert_eq!(back.json["items"].as_array().map(Vec::len), Some(1), "{}", back.json);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_visit_has_so_many_photos_and_no_more() {
    let site = Site::new(&[("sign_in.per_minute", "100000")]);
    let firm = site.enterprise("91330203MA00000001");
    let clerk = site.session(site.account("clerk", &["clerk"], "园区经济发展局", None));
    let new = json!({ "enterprise": firm.0, "values": { "visited_on": "2023-10-31" } }).to_string();
    let made = site.ask(&clerk, "POST", "/api/v1/visits", &new).await;
    let path = format!("/api/v1/visits/{}/photos", made.json["visit"]);
    for mark in 0..12 {
        let added = site.ask_with(&clerk, "POST", &path, form("a.jpg", &photo(mark)), &[FORM]).await;
        assert_eq!(added.status, StatusCode::OK, "{}", added.json);
    }
    let more = site.ask_with(&clerk, "POST", &path, form("a.jpg", &photo(12)), &[FORM]).await;
    assert_eq!(
        (more.status, &more.json["detail"]),
        (StatusCode::UNPROCESSABLE_ENTITY, &json!("一次走访最多 12 张照片"))
    );
}
