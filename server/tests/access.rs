//! Signing in, sessions, rights: who may not is told nothing, who may no longer is out at once.

use app::sections::{Group, registry};
use reqwest::{StatusCode, header};
use serde_json::json;
use server::access::one_time::{self, Purpose};

use crate::common::{Home, PASSWORD, at, create, encode, patch, read, refused};
use crate::on_both_databases;

on_both_databases!(
    the_set_up_link_works_once,
    a_wrong_password_and_an_unknown_name_look_the_same,
    trying_is_slowed_down,
    a_deactivated_person_is_out_at_once,
    sessions_are_listed_and_ended,
    another_site_may_not_write,
    a_role_without_view_finds_nothing,
    nobody_gives_what_they_lack,
    a_personal_reply_is_its_owners_alone,
    pages_lead_to_signing_in,
);

async fn the_set_up_link_works_once(home: Home) {
    let db = home.console.settings.database().connection();
    let link = one_time::make(db, Purpose::SetUp, None).await.unwrap();
    let form = |email: &str, repeat: &str| {
        format!(
            "first_name=%D0%9E&last_name=%D0%9A&email={}&password={}&repeat={}",
            encode(email),
            encode(PASSWORD),
            encode(repeat)
        )
    };
    let send = |body: String| {
        let request = Home::browser().post(format!("{}/set-up/{}", home.url, link.secret));
        request.header(header::CONTENT_TYPE, "application/x-www-form-urlencoded").body(body).send()
    };
    let location =
        |answer: &reqwest::Response| answer.headers()[header::LOCATION].to_str().unwrap().to_owned();
    assert!(location(&send(form("o@example.com", "інше")).await.unwrap()).ends_with("?problem=repeat"));
    assert!(location(&send(form("не адреса", PASSWORD)).await.unwrap()).ends_with("?problem=invalid"));
    let made = send(form("o@example.com", PASSWORD)).await.unwrap();
    assert_eq!((made.status(), location(&made).as_str()), (StatusCode::SEE_OTHER, "/settings"));
    let cookie = made.headers()[header::SET_COOKIE].to_str().unwrap().to_owned();
    assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax"), "{cookie}");
    assert!(location(&send(form("p@example.com", PASSWORD)).await.unwrap()).ends_with("?problem=link_used"));
    assert_eq!(home.console.settings.snapshot().shelf("users").unwrap().live(), 1);
    home.signed_in("O@Example.com").await;
}

async fn a_wrong_password_and_an_unknown_name_look_the_same(home: Home) {
    home.person("known@example.com", home.role("owner")).await;
    let browser = Home::browser();
    let wrong = home.sign_in(&browser, "known@example.com", "не той пароль").await;
    let unknown = home.sign_in(&browser, "unknown@example.com", "не той пароль").await;
    assert_eq!(wrong.status(), unknown.status());
    assert_eq!(wrong.headers()[header::LOCATION], unknown.headers()[header::LOCATION]);
    // No session begins; what was typed comes back in the form, but for the password.
    let cookie = wrong.headers()[header::SET_COOKIE].to_str().unwrap().to_owned();
    assert!(cookie.starts_with("pult-typed=") && cookie.contains("HttpOnly"), "{cookie}");
    let page = async |path: &str| {
        browser.get(format!("{}{path}", home.url)).send().await.unwrap().text().await.unwrap()
    };
    let again = page("/sign-in?problem=wrong").await;
    assert!(again.contains("value=\"unknown@example.com\"") && !again.contains("не той пароль"), "{again}");
    assert!(!page("/sign-in").await.contains("unknown@example.com"), "another form begins empty");
    home.sign_in(&browser, "known@example.com", PASSWORD).await;
    let cookies = home.sign_in(&browser, "known@example.com", PASSWORD).await;
    assert!(!cookies.headers()[header::SET_COOKIE].to_str().unwrap().contains("pult-typed"), "gone by then");
}

async fn trying_is_slowed_down(home: Home) {
    home.person("slow@example.com", home.role("owner")).await;
    let browser = Home::browser();
    for _ in 0..5 {
        home.sign_in(&browser, "slow@example.com", "не той пароль").await;
    }
    let answer = home.sign_in(&browser, "slow@example.com", PASSWORD).await;
    assert_eq!(answer.headers()[header::LOCATION], "/sign-in?problem=slow");
    // A name without an account is slowed at the same attempt.
    for n in 1..=6 {
        let answer = home.sign_in(&browser, "nobody@example.com", "не той пароль").await;
        let problem = if n <= 5 { "wrong" } else { "slow" };
        assert_eq!(answer.headers()[header::LOCATION], format!("/sign-in?problem={problem}"), "attempt {n}");
    }
}

async fn a_deactivated_person_is_out_at_once(home: Home) {
    home.person("owner@example.com", home.role("owner")).await;
    let id = home.person("anna@example.com", home.role("administrator")).await;
    let browser = home.signed_in("anna@example.com").await;
    let ask = || browser.get(format!("{}/api/v1/settings/tags", home.url)).send();
    assert_eq!(ask().await.unwrap().status(), 200);
    home.commit(vec![patch("users", id, 1, json!({ "active": false }))]).await.unwrap();
    assert_eq!(ask().await.unwrap().status(), 401);
    let answer = home.sign_in(&Home::browser(), "anna@example.com", PASSWORD).await;
    assert_eq!(answer.headers()[header::LOCATION], "/sign-in?problem=wrong");
}

async fn sessions_are_listed_and_ended(home: Home) {
    home.person("o@example.com", home.role("owner")).await;
    let (first, second) = (home.signed_in("o@example.com").await, home.signed_in("o@example.com").await);
    let call = |browser: &reqwest::Client, name: &str, body: serde_json::Value| {
        browser
            .post(format!("{}/rpc/{name}", home.url))
            .json(&body)
            .header(header::ACCEPT, "application/json")
            .send()
    };
    let (status, list) = read(call(&first, "sessions", json!({})).await.unwrap()).await;
    assert_eq!((status, list.as_array().unwrap().len()), (200, 2));
    let other = list.as_array().unwrap().iter().find(|session| session["current"] == false).unwrap();
    assert_eq!(call(&first, "end-session", json!({ "id": other["id"] })).await.unwrap().status(), 200);
    assert_eq!(second.get(format!("{}/api/v1/settings", home.url)).send().await.unwrap().status(), 401);
    assert_eq!(first.get(format!("{}/api/v1/settings", home.url)).send().await.unwrap().status(), 200);
}

async fn another_site_may_not_write(home: Home) {
    home.person("o@example.com", home.role("owner")).await;
    let browser = home.signed_in("o@example.com").await;
    let write = |name: &'static str, value: &'static str| {
        browser
            .post(format!("{}/api/v1/settings/tags", home.url))
            .header(name, value)
            .body("{\"name\":\"Т\"}")
            .send()
    };
    assert_eq!(write("sec-fetch-site", "cross-site").await.unwrap().status(), 403);
    assert_eq!(write("sec-fetch-site", "same-site").await.unwrap().status(), 403);
    assert_eq!(write("origin", "https://evil.example").await.unwrap().status(), 403);
    assert_eq!(write("origin", "null").await.unwrap().status(), 403);
    assert_eq!(home.console.settings.snapshot().shelf("tags").unwrap().live(), 0);
    assert_eq!(write("sec-fetch-site", "same-origin").await.unwrap().status(), 201);
}

async fn a_role_without_view_finds_nothing(home: Home) {
    let analyst = home.program("analyst").await;
    assert_eq!(analyst.get("/settings/tags").await.0, 200);
    let (status, problem) = analyst.send("POST", "/settings/tags", None, &json!({ "name": "Т" })).await;
    assert_eq!((status, problem["right"].as_str()), (403, Some("tags.edit")));
    for path in [
        "/settings/users",
        "/settings/timers",
        "/settings/instance",
        "/settings/replies/1",
        "/schemas/users",
        "/settings/roles/1/history",
    ] {
        assert_eq!(analyst.get(path).await.0, 404, "{path}");
    }
    let (_, sections) = analyst.get("/settings").await;
    let told: Vec<_> = sections["sections"].as_array().unwrap().iter().map(|one| &one["section"]).collect();
    let panel =
        registry::all().iter().map(|entry| entry.item()).filter(|item| item.group == Group::OperatorPanel);
    assert_eq!(
        told,
        panel.map(|item| item.key).collect::<Vec<_>>(),
        "the sections of the operator panel, and no others"
    );
    home.person("secret@example.com", home.role("owner")).await;
    let (_, commits) = analyst.get("/commits").await;
    assert_eq!(commits["commits"], json!([]));
    let administrator = home.program("administrator").await;
    assert_eq!(administrator.get("/settings/instance").await.0, 404);
    assert_eq!(administrator.get("/settings/users").await.0, 200);
}

async fn nobody_gives_what_they_lack(home: Home) {
    home.person("owner@example.com", home.role("owner")).await;
    let administrator = home.program("administrator").await;
    let user =
        |role: i64| json!({ "email": "new@example.com", "first_name": "Н", "last_name": "Н", "role": role });
    let codes = |problem: serde_json::Value| problem["errors"][0]["code"].as_str().map(str::to_owned);
    let (status, problem) =
        administrator.send("POST", "/settings/users", None, &user(home.role("owner"))).await;
    assert_eq!((status, codes(problem)), (422, Some("gives_more".into())));
    assert_eq!(
        administrator.send("POST", "/settings/users", None, &user(home.role("supervisor"))).await.0,
        201
    );
    let path = format!("/settings/roles/{}", home.role("administrator"));
    let (status, problem) =
        administrator.send("PATCH", &path, Some(1), &json!({ "instance_access": true })).await;
    assert_eq!((status, codes(problem)), (422, Some("gives_more".into())));
    // The rights of a fixed role are nobody's to change.
    let owner = vec![patch("roles", home.role("owner"), 1, json!({ "name": { "uk": "Інша" } }))];
    assert_eq!(refused(home.commit(owner).await), [at("", "built_in_fixed")]);
    // Nobody deactivates themselves.
    let id = home.person("self@example.com", home.role("owner")).await;
    let browser = home.signed_in("self@example.com").await;
    let request = browser
        .patch(format!("{}/api/v1/settings/users/{id}", home.url))
        .header("if-match", "r1")
        .body("{\"active\":false}");
    let (status, problem) = read(request.send().await.unwrap()).await;
    assert_eq!((status, codes(problem)), (422, Some("own_account".into())));
}

async fn a_personal_reply_is_its_owners_alone(home: Home) {
    let owner = home.person("owner@example.com", home.role("owner")).await;
    home.person("other@example.com", home.role("owner")).await;
    let personal =
        json!({ "title": "Моя", "text": { "uk": "Таємниця" }, "scope": "personal", "owner": owner });
    let id = home.commit(vec![create("replies", personal)]).await.unwrap().changes[0].id;
    for (email, status) in [("owner@example.com", 200), ("other@example.com", 404)] {
        let browser = home.signed_in(email).await;
        let path = format!("{}/api/v1/settings/replies/{id}", home.url);
        assert_eq!(browser.get(&path).send().await.unwrap().status(), status);
        assert_eq!(browser.get(format!("{path}/history")).send().await.unwrap().status(), status);
        let list =
            read(browser.get(format!("{}/api/v1/settings/replies?q=%D0%A2", home.url)).send().await.unwrap())
                .await
                .1;
        assert_eq!(list["rows"].as_array().unwrap().len(), usize::from(status == 200));
        let write =
            browser.patch(&path).header("if-match", "r1").body("{\"title\":\"Чужа\"}").send().await.unwrap();
        assert_eq!(write.status(), status);
    }
    // Nobody makes one that they would not see.
    let theirs = json!({ "title": "Чужа", "text": { "uk": "Т" }, "scope": "personal", "owner": owner });
    let (status, problem) =
        home.program("owner").await.send("POST", "/settings/replies", None, &theirs).await;
    assert_eq!((status, &problem["errors"][0]["code"]), (422, &json!("owner_other")));
}

async fn pages_lead_to_signing_in(home: Home) {
    let browser = Home::browser();
    let nobody = browser.get(format!("{}/settings", home.url)).send().await.unwrap();
    assert_eq!(nobody.headers()[header::LOCATION], "/sign-in?problem=nobody");
    home.person("owner@example.com", home.role("owner")).await;
    let answer = browser.get(format!("{}/settings/tags?q=1", home.url)).send().await.unwrap();
    assert_eq!(answer.status(), StatusCode::SEE_OTHER);
    assert_eq!(answer.headers()[header::LOCATION], "/sign-in?next=/settings/tags%3Fq%3D1");
    for (old, new) in [
        ("/", "/settings"),
        ("/settings-page", "/settings"),
        ("/settings-page/op-settings/timers?a=1", "/settings/timers?a=1"),
        ("/settings-page/users", "/settings/users"),
        ("/settings-page/unknown", "/settings"),
    ] {
        let answer = browser.get(format!("{}{old}", home.url)).send().await.unwrap();
        assert_eq!(
            (answer.status().as_u16(), answer.headers()[header::LOCATION].to_str().unwrap()),
            (308, new)
        );
    }
    let page = browser.get(format!("{}/sign-in", home.url)).send().await.unwrap();
    assert_eq!(page.status(), 200);
    let policy = page.headers()[header::CONTENT_SECURITY_POLICY].to_str().unwrap().to_owned();
    assert!(
        policy.contains("frame-ancestors 'none'")
            && policy.contains("'nonce-")
            && !policy.contains("unsafe-inline"),
        "{policy}"
    );
}
