//! Files: judged by the rules, kept once by their bytes, given out as attachments, swept when nothing names them.

use app::sections::files::{Direction, Files};
use reqwest::{RequestBuilder, header};
use serde_json::{Value, json};
use server::blobs;

use crate::common::{Home, encode, read};
use crate::on_both_databases;

on_both_databases!(
    the_panels_document_comes_back_as_it_was,
    a_file_is_judged_by_the_saved_rules,
    a_file_is_kept_once_and_given_out_as_an_attachment,
    uploads_ask_for_rights_and_hold_limits,
    unused_files_are_swept
);

/// What the panel writes is what it reads again, and nothing is added to it.
async fn the_panels_document_comes_back_as_it_was(home: Home) {
    let program = home.program("administrator").await;
    let document = json!({
        "max_file_size_mb": 25,
        "files": [
            { "title": "WebP image", "extension": "webp", "mime_types": ["image/webp"], "allow": true, "colour": "blue" },
            { "title": "", "extension": "exe", "mime_types": [], "allow": false },
        ],
    });
    let put = program.request("PUT", "/settings/files").header("pult-accept", "unknown_kept");
    let revision = home.revision("files", 0);
    let (status, answer) =
        send(put.header(header::IF_MATCH, format!("\"r{revision}\"")), document.to_string()).await;
    assert_eq!((status, &answer["value"]), (200, &document));
    let unknown = json!({ "files": [{ "extension": "webp", "size": 1 }] });
    let (status, problem) = program.send("PUT", "/settings/files", Some(revision + 1), &unknown).await;
    let error = &problem["errors"][0];
    assert_eq!(
        (status, &error["pointer"], &error["code"]),
        (422, &json!("/files/0/size"), &json!("unknown_kept"))
    );
    assert_eq!(error["warning"], true);
}

const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR";
const PROGRAM: &[u8] = b"MZ\x90\0\x03\0\0\0\x04\0\0\0";

async fn send(request: RequestBuilder, bytes: impl Into<Vec<u8>>) -> (u16, Value) {
    read(request.body(bytes.into()).send().await.unwrap()).await
}

async fn a_file_is_judged_by_the_saved_rules(home: Home) {
    let program = home.program("administrator").await;
    let check = |query: &str, bytes: &[u8]| {
        send(program.request("POST", &format!("/check/file?{query}")), bytes.to_vec())
    };

    let (status, judged) = check("name=photo.png&type=image%2Fpng", PNG).await;
    assert_eq!((status, &judged["accepted"], &judged["code"]), (200, &json!(true), &Value::Null));
    assert_eq!((&judged["found"], &judged["rule"]["extension"]), (&json!("png"), &json!("png")));
    // A program is refused under any name, and the type may come as the header of the request.
    let renamed =
        program.request("POST", "/check/file?name=photo.png").header(header::CONTENT_TYPE, "image/png");
    let (_, judged) = send(renamed, PROGRAM).await;
    assert_eq!((&judged["accepted"], &judged["code"]), (&json!(false), &json!("file_executable")));
    let query = format!("name={}", encode("рахунок.pdf.exe"));
    assert_eq!(check(&query, b"%PDF-1.7").await.1["code"], "file_danger_program");
    assert_eq!(check("name=photo.png", b"").await.1["code"], "file_empty");

    // What is saved holds at once.
    let mut rules = Files { max_file_size_mb: 1, ..Files::default() };
    rules.files.retain(|rule| *rule.extension == *"png" || *rule.extension == *"txt");
    rules.files[0].direction = Direction::In;
    let revision = home.revision("files", 0);
    let value = serde_json::to_value(&rules).unwrap();
    assert_eq!(program.send("PUT", "/settings/files", Some(revision), &value).await.0, 200);
    assert_eq!(check("name=photo.jpg", b"\xff\xd8\xff").await.1["code"], "file_not_listed");
    assert_eq!(check("name=photo.png&direction=out", PNG).await.1["code"], "file_only_in");
    assert_eq!(check("name=photo.png&direction=in", PNG).await.1["accepted"], true);
    // The whole length counts, though only the beginning is kept; it may also be told.
    let mut large = PNG.to_vec();
    large.resize(1024 * 1024 + 1, 7);
    let (_, judged) = check("name=photo.png", &large).await;
    assert_eq!((&judged["code"], &judged["params"]["max"]), (&json!("file_too_large"), &json!(1)));
    assert_eq!(check("name=photo.png&size=1048577", PNG).await.1["code"], "file_too_large");

    for query in
        ["", "type=image%2Fpng", "name=a.png&direction=up", "name=a.png&size=-1", "name=a.png&nonsense=1"]
    {
        let (status, answer) = check(query, PNG).await;
        assert!((400..500).contains(&status), "{query}: {status} {answer}");
    }
    let analyst = home.program("analyst").await;
    assert_eq!(send(analyst.request("POST", "/check/file?name=a.png"), PNG).await.0, 404);
    let stranger = Home::browser().post(format!("{}/api/v1/check/file?name=a.png", home.url));
    assert_eq!(send(stranger, PNG).await.0, 401);
}

async fn a_file_is_kept_once_and_given_out_as_an_attachment(home: Home) {
    let program = home.program("administrator").await;
    let query = format!("/blobs?type=image%2Fpng&name={}", encode("Прайс лист.png"));
    let (status, made) = send(program.request("POST", &query), PNG).await;
    assert_eq!(status, 201, "{made}");
    assert_eq!(
        (&made["name"], &made["type"], &made["size"]),
        (&json!("Прайс лист.png"), &json!("image/png"), &json!(PNG.len()))
    );
    // The same bytes are the same file; without a type the rule's own is taken.
    let (_, again) = send(program.request("POST", "/blobs?name=copy.png"), PNG).await;
    assert_eq!((&again["hash"], &again["type"]), (&made["hash"], &json!("image/png")));

    let hash = made["hash"].as_str().unwrap();
    let path = format!("/blobs/{hash}?name={}", encode("Прайс \"лист\"\n.png"));
    let answer = program.request("GET", &path).send().await.unwrap();
    assert_eq!(answer.status(), 200);
    let head = |name: header::HeaderName| answer.headers()[name].to_str().unwrap().to_owned();
    assert_eq!(head(header::CONTENT_TYPE), "image/png");
    assert_eq!(head(header::X_CONTENT_TYPE_OPTIONS), "nosniff");
    assert!(head(header::CONTENT_SECURITY_POLICY).starts_with("default-src 'none'"));
    assert!(head(header::CACHE_CONTROL).contains("immutable"));
    let disposition = head(header::CONTENT_DISPOSITION);
    assert!(disposition.starts_with("attachment; filename*=UTF-8''%D0%9F"), "{disposition}");
    assert!(!disposition.contains("%0A") && !disposition.contains('"'), "{disposition}");
    let tag = head(header::ETAG);
    assert_eq!(answer.bytes().await.unwrap(), PNG);
    let known = program.request("GET", &path).header(header::IF_NONE_MATCH, tag).send().await.unwrap();
    assert_eq!(known.status(), 304);

    for wrong in ["0".repeat(64), "x".repeat(64), hash.to_uppercase(), "..".into(), "%00".into()] {
        let status = program.request("GET", &format!("/blobs/{wrong}")).send().await.unwrap().status();
        assert_eq!(status, 404, "{wrong}");
    }
    // Who may see nothing that carries files may not see the files.
    let analyst = home.program("analyst").await;
    assert_eq!(analyst.request("GET", &path).send().await.unwrap().status(), 404);
    assert_eq!(Home::browser().get(format!("{}/api/v1{path}", home.url)).send().await.unwrap().status(), 401);
}

async fn uploads_ask_for_rights_and_hold_limits(home: Home) {
    let program = home.program("administrator").await;
    let upload =
        |query: &str, bytes: Vec<u8>| send(program.request("POST", &format!("/blobs?{query}")), bytes);
    let code = |answer: &(u16, Value)| {
        (answer.0, answer.1["errors"][0]["code"].as_str().unwrap_or_default().to_owned())
    };

    assert_eq!(code(&upload("name=photo.png", PROGRAM.to_vec()).await), (422, "file_executable".into()));
    assert_eq!(code(&upload("name=photo.exe", PROGRAM.to_vec()).await), (422, "file_danger_program".into()));
    assert_eq!(code(&upload("name=photo.png", Vec::new()).await), (422, "file_empty".into()));
    assert_eq!(code(&upload("name=%20", PNG.to_vec()).await), (422, "file_name".into()));
    assert_eq!(
        code(&upload(&format!("name={}.png", "a".repeat(300)), PNG.to_vec()).await),
        (422, "file_name".into())
    );
    // The sender hears it, though the answer comes long before the body would end.
    let mut large = PNG.to_vec();
    large.resize(10 * 1024 * 1024 + 1, 7);
    assert_eq!(upload("name=photo.png", large.clone()).await.0, 413);
    large.truncate(10 * 1024 * 1024);
    assert_eq!(upload("name=photo.png", large).await.0, 201);

    let analyst = home.program("analyst").await;
    assert_eq!(send(analyst.request("POST", "/blobs?name=photo.png"), PNG).await.0, 404);
    let stranger = Home::browser().post(format!("{}/api/v1/blobs?name=photo.png", home.url));
    assert_eq!(send(stranger, PNG).await.0, 401);
    // A page of another site can't upload in this person's name.
    home.person("owner@example.com", home.role("owner")).await;
    let owner = home.signed_in("owner@example.com").await;
    let url = format!("{}/api/v1/blobs?name=photo.png", home.url);
    assert_eq!(send(owner.post(&url).header("sec-fetch-site", "cross-site"), PNG).await.0, 403);
    assert_eq!(send(owner.post(&url), PNG).await.0, 201);
}

async fn unused_files_are_swept(home: Home) {
    const DAY: i64 = 24 * 60 * 60 * 1_000_000;
    let program = home.program("administrator").await;
    let (_, made) = send(program.request("POST", "/blobs?name=photo.png"), PNG).await;
    let path = format!("/blobs/{}", made["hash"].as_str().unwrap());
    let database = home.console.settings.database();
    let now = server::clock::now();
    assert_eq!(blobs::sweep(database, now).await.unwrap(), 0, "it is fresh");
    assert_eq!(program.request("GET", &path).send().await.unwrap().status(), 200);
    assert_eq!(blobs::sweep(database, now + DAY + 1_000_000).await.unwrap(), 1);
    assert_eq!(program.request("GET", &path).send().await.unwrap().status(), 404);
}
