//! The figures of the server that have a limit: each beside its limit, ratios with both sides in one run.
//!
//! `make bench` runs it; numbers as an argument choose the size of the large set: `-- 100000`.

#![expect(clippy::unwrap_used, reason = "a bench that can't go on has nothing to print")]

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::{Duration, Instant};

use app::backend::{Commit, ListQuery, Operation};
use app::words::Language;
use axum::Router;
use axum::routing::get;
use futures::future::join_all;
use sea_orm::sqlx::{self, Executor as _};
use serde_json::json;
use server::access::{Actor, Via};
use server::settings::listing::{self, Reader};
use server::settings::transfer;
use server::{Config, Console};
use tokio::sync::Mutex;

const READER: Reader = Reader { user: None, language: Language::Uk, own: false };
const WRITERS: usize = 16;

#[tokio::main]
async fn main() {
    let size = std::env::args().find_map(|argument| argument.parse().ok()).unwrap_or(100_000);
    println!("{:<58} {:>12} {:>12}", "server", "measured", "limit");
    rest_against_static().await;
    commits_against_inserts().await;
    large_set(size).await;
}

fn row(what: &str, measured: &str, limit: &str) {
    println!("{what:<58} {measured:>12} {limit:>12}");
}

async fn open(folder: &std::path::Path) -> Arc<Console> {
    Console::open(Config::in_folder(folder)).await.unwrap()
}

async fn commit(console: &Console, operations: Vec<Operation>) {
    let commit = Commit { operations, accept: vec!["*".into()], ..Commit::default() };
    console.settings.commit(Actor::Cli, None, Via::Cli, commit, None).await.unwrap();
}

/// `GET /api/v1/settings/tags` beside a static route that sends the same bytes, in turns.
async fn rest_against_static() {
    let folder = tempfile::tempdir().unwrap();
    let console = open(folder.path()).await;
    let tags = (0..50).map(|n| Operation::Create {
        section: "tags".into(),
        key: None,
        value: json!({ "name": format!("Тег номер {n}"), "colour": "#1e8e5a", "group": "Група" }),
    });
    commit(&console, tags.collect()).await;
    let role = console.settings.snapshot().shelf("roles").unwrap().by_key("administrator").unwrap().id;
    let key = console.keys.make("bench", role, None, Actor::Cli).await.unwrap();

    let client = reqwest::Client::new();
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let warm = {
        let router = server::web::router(console.clone());
        let service = router.into_make_service_with_connect_info::<SocketAddr>();
        tokio::spawn(async move { axum::serve(listener, service).await });
        client
            .get(format!("{url}/api/v1/settings/tags"))
            .bearer_auth(&key)
            .send()
            .await
            .unwrap()
            .bytes()
            .await
            .unwrap()
    };
    let fixed = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let fixed_url = format!("http://{}/", fixed.local_addr().unwrap());
    let body = warm.clone();
    let router = Router::new().route("/", get(move || async move { body.clone() }));
    tokio::spawn(async move { axum::serve(fixed, router).await });

    let mut ratios = Vec::new();
    let mut rate = 0.0;
    for _ in 0..5 {
        let ours = per_second(&client, &format!("{url}/api/v1/settings/tags"), &key).await;
        let theirs = per_second(&client, &fixed_url, &key).await;
        ratios.push(ours / theirs);
        rate = ours;
    }
    ratios.sort_by(f64::total_cmp);
    let what = format!("GET /settings/tags, {} bytes, against a static route", warm.len());
    row(&what, &format!("{:.0} %", ratios[2] * 100.0), "≥ 60 %");
    row("  that is, requests a second", &format!("{rate:.0}"), "");
}

async fn per_second(client: &reqwest::Client, url: &str, key: &str) -> f64 {
    const EACH: usize = 400;
    let start = Instant::now();
    join_all((0..8).map(|_| async {
        for _ in 0..EACH {
            client.get(url).bearer_auth(key).send().await.unwrap().bytes().await.unwrap();
        }
    }))
    .await;
    (8 * EACH) as f64 / start.elapsed().as_secs_f64()
}

/// Durable commits of 16 writers beside bare inserts with the same options in a file beside it, in turns.
async fn commits_against_inserts() {
    const EACH: usize = 40;
    let folder = tempfile::tempdir().unwrap();
    let console = open(folder.path()).await;
    let ids: Vec<i64> = (1..=WRITERS as i64).collect();
    let make = ids.iter().map(|n| Operation::Create {
        section: "tags".into(),
        key: None,
        value: json!({ "name": format!("Писар {n}") }),
    });
    commit(&console, make.collect()).await;
    let bare = sqlx::sqlite::SqlitePoolOptions::new()
        .max_connections(1)
        .connect_with(
            sqlx::sqlite::SqliteConnectOptions::new()
                .filename(folder.path().join("bare.db"))
                .create_if_missing(true)
                .journal_mode(sqlx::sqlite::SqliteJournalMode::Wal)
                .synchronous(sqlx::sqlite::SqliteSynchronous::Full),
        )
        .await
        .unwrap();
    bare.execute("CREATE TABLE plain (id INTEGER PRIMARY KEY, data TEXT NOT NULL)").await.unwrap();
    let bare = Arc::new(Mutex::new(bare));

    let mut ratios = Vec::new();
    let mut rate = 0.0;
    for round in 0..5 {
        let start = Instant::now();
        join_all(ids.iter().map(|id| {
            let console = console.clone();
            async move {
                for n in 0..EACH {
                    let revision = console.settings.snapshot().get("tags", *id).unwrap().revision;
                    let patch = json!({ "description": format!("{round} {n}") });
                    commit(
                        &console,
                        vec![Operation::Patch { section: "tags".into(), id: *id, revision, patch }],
                    )
                    .await;
                }
            }
        }))
        .await;
        let ours = (WRITERS * EACH) as f64 / start.elapsed().as_secs_f64();
        let start = Instant::now();
        join_all((0..WRITERS).map(|_| {
            let bare = bare.clone();
            async move {
                for _ in 0..EACH {
                    let pool = bare.lock().await;
                    pool.execute(
                        "INSERT INTO plain (data) VALUES ('{\"name\":\"Писар\",\"description\":\"0 0\"}')",
                    )
                    .await
                    .unwrap();
                }
            }
        }))
        .await;
        let theirs = (WRITERS * EACH) as f64 / start.elapsed().as_secs_f64();
        ratios.push(ours / theirs);
        rate = ours;
    }
    ratios.sort_by(f64::total_cmp);
    row(
        "durable commits, 16 writers, against bare inserts",
        &format!("{:.0} %", ratios[2] * 100.0),
        "≥ 50 %",
    );
    row("  that is, commits a second", &format!("{rate:.0}"), "");
}

/// A hundred thousand replies and ten thousand users: start, memory, lists, search.
async fn large_set(size: usize) {
    let folder = tempfile::tempdir().unwrap();
    let console = open(folder.path()).await;
    let operator = console.settings.snapshot().shelf("roles").unwrap().by_key("operator").unwrap().id;
    let owner = console.settings.snapshot().shelf("roles").unwrap().by_key("owner").unwrap().id;
    let users = (0..size / 10).map(|n| Operation::Create {
        section: "users".into(),
        key: None,
        value: json!({
            "email": format!("user{n}@example.com"), "first_name": "Оператор", "last_name": format!("Номер {n}"),
            "role": if n == 0 { owner } else { operator },
        }),
    });
    let replies = (0..size).map(|n| {
        let channels = if n % 10 == 0 {
            json!([{ "channel": "sms", "text": { "uk": "Коротко" } }])
        } else {
            json!([])
        };
        Operation::Create {
            section: "replies".into(),
            key: None,
            value: json!({
                "title": format!("{:<40}", format!("{} {n}", pick(n, &TITLES))).trim_end(),
                "shortcut": format!("r{n}"),
                "text": { "uk": text(n, &UKRAINIAN), "en": text(n, &ENGLISH) },
                "channels": channels,
            }),
        }
    });
    let start = Instant::now();
    for operations in chunks(users.chain(replies), 5_000) {
        commit(&console, operations).await;
    }
    row(
        &format!("import of {size} replies and {} users", size / 10),
        &format!("{:.1} s", start.elapsed().as_secs_f64()),
        "",
    );

    let measure = |query: ListQuery| {
        let console = console.clone();
        move || {
            let snapshot = console.settings.snapshot();
            listing::list(&snapshot, "replies", &query, READER).unwrap().total
        }
    };
    let first = percentile(200, measure(ListQuery::default()));
    row("first page of all replies, p99", &millis(first), "");
    let words =
        ["повернення", "дост", "r777", "оплата карткою", "delivery tomorrow", "ґ", "а", "немає такого"];
    let searches: Vec<_> =
        words.iter().map(|q| measure(ListQuery { q: (*q).into(), ..ListQuery::default() })).collect();
    let mut n = 0;
    let search = percentile(400, || {
        n += 1;
        searches[n % searches.len()]()
    });
    row("search over all replies, p99", &millis(search), "≤ 20 ms");
    let deep = percentile(50, measure(ListQuery { page: (size / 50) as u32, ..ListQuery::default() }));
    row("last page of all replies, p99", &millis(deep), "");
    let snapshot = console.settings.snapshot().clone();
    let health = || console.settings.health().ask(&snapshot, "any", "2026-01-01", READER).unwrap();
    let start = Instant::now();
    health();
    row("health of all replies, the first time", &millis(start.elapsed()), "");
    let again = percentile(50, || health().of.len() as u64);
    row("health of all replies, p99", &millis(again), "≤ 50 ms");
    let id = snapshot.shelf("replies").unwrap().last_id();
    let patch = json!({ "text": { "uk": "Інакше" } });
    commit(&console, vec![Operation::Patch { section: "replies".into(), id, revision: 1, patch }]).await;
    let snapshot = console.settings.snapshot().clone();
    let start = Instant::now();
    console.settings.health().ask(&snapshot, "any", "2026-01-01", READER).unwrap();
    row("health of all replies, after a change", &millis(start.elapsed()), "≤ 200 ms");
    drop(snapshot);
    let exported = Instant::now();
    let snapshot = console.settings.snapshot().clone();
    transfer::export(&snapshot, "replies", "csv", READER).unwrap();
    row("export as CSV", &format!("{:.1} s", exported.elapsed().as_secs_f64()), "");
    drop(snapshot);

    console.stop.cancel();
    let data = folder.path().to_owned();
    // A process of its own: this one still holds the first console's memory.
    let start = Instant::now();
    let mut child = std::process::Command::new(env!("CARGO_BIN_EXE_pult"))
        .args(["serve", "--listen", "127.0.0.1:0", "--data"])
        .arg(&data)
        .stdout(std::process::Stdio::piped())
        .stderr(std::process::Stdio::null())
        .spawn()
        .unwrap();
    let mut line = String::new();
    std::io::BufRead::read_line(&mut std::io::BufReader::new(child.stdout.take().unwrap()), &mut line)
        .unwrap();
    row("start with the large set", &format!("{:.2} s", start.elapsed().as_secs_f64()), "≤ 3 s");
    let status = std::fs::read_to_string(format!("/proc/{}/status", child.id())).unwrap();
    let resident =
        status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap().trim().trim_end_matches(" kB");
    row(
        "memory with the large set",
        &format!("{} MiB", resident.parse::<u64>().unwrap() / 1024),
        "≤ 400 MiB",
    );
    child.kill().unwrap();
    child.wait().unwrap();
}

const TITLES: [&str; 5] =
    ["Доставка та строки", "Повернення товару", "Оплата карткою", "Вітання клієнта", "Ґарантія на техніку"];
const UKRAINIAN: [&str; 12] = [
    "ваше",
    "замовлення",
    "буде",
    "доставлено",
    "завтра",
    "повернення",
    "оплата",
    "карткою",
    "дякуємо",
    "звернення",
    "менеджер",
    "склад",
];
const ENGLISH: [&str; 12] = [
    "your",
    "order",
    "will",
    "be",
    "delivered",
    "tomorrow",
    "return",
    "payment",
    "card",
    "thank",
    "delivery",
    "stock",
];

fn pick<'a>(n: usize, of: &[&'a str]) -> &'a str {
    of[n.wrapping_mul(2_654_435_761) % of.len()]
}

/// About 200 characters of words.
fn text(seed: usize, words: &[&str]) -> String {
    let mut text = String::new();
    let mut n = seed;
    while text.chars().count() < 195 {
        n = n.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        text.push_str(words[(n >> 33) % words.len()]);
        text.push(' ');
    }
    text.trim_end().to_owned()
}

fn chunks(operations: impl Iterator<Item = Operation>, size: usize) -> Vec<Vec<Operation>> {
    let mut all = vec![Vec::new()];
    for operation in operations {
        if all.last().is_some_and(|last| last.len() == size) {
            all.push(Vec::with_capacity(size));
        }
        if let Some(last) = all.last_mut() {
            last.push(operation);
        }
    }
    all
}

fn percentile(runs: usize, mut run: impl FnMut() -> u64) -> Duration {
    run();
    let mut times: Vec<Duration> = (0..runs)
        .map(|_| {
            let start = Instant::now();
            std::hint::black_box(run());
            start.elapsed()
        })
        .collect();
    times.sort();
    times[(runs * 99 / 100).min(runs - 1)]
}

fn millis(time: Duration) -> String {
    format!("{:.1} ms", time.as_secs_f64() * 1000.0)
}
