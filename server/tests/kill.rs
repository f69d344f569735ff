//! `kill -9` in the middle of writes, many times over: what was acknowledged is there, and the chain is whole.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};

use reqwest::Client;
use serde_json::json;
use server::settings::verify::verify;
use server::{Config, Console};

const ROUNDS: usize = 20;
/// Acknowledged commits after which the process is killed, so that others are in flight.
const ACKNOWLEDGED: usize = 10;

fn start(folder: &Path, database: Option<&str>) -> (Child, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_pult"));
    command
        .args(["serve", "--listen", "127.0.0.1:0", "--data"])
        .arg(folder)
        .stdout(Stdio::piped())
        .stderr(Stdio::null());
    command.env_remove("DATABASE_URL");
    if let Some(database) = database {
        command.env("DATABASE_URL", database);
    }
    let mut child = command.spawn().unwrap();
    let lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let url =
        lines.map_while(Result::ok).find_map(|line| line.strip_prefix("Pult listens on ").map(str::to_owned));
    (child, url.expect("the server says where it listens"))
}

async fn killed_while_writing(database: Option<String>) {
    let folder = tempfile::tempdir().unwrap();
    let config = Config { database: database.clone(), ..Config::in_folder(folder.path()) };
    let secret = {
        let console = Console::open(config.clone()).await.unwrap();
        let role = console.settings.snapshot().shelf("roles").unwrap().by_key("administrator").unwrap().id;
        let secret = console.keys.make("killer", role, None, server::access::Actor::Cli).await.unwrap();
        console.stop.cancel();
        secret
    };
    let mut acknowledged = Vec::new();
    for round in 0..ROUNDS {
        let (mut child, url) = start(folder.path(), database.as_deref());
        let (told, mut heard) = tokio::sync::mpsc::unbounded_channel();
        let writers: Vec<_> = (0..4)
            .map(|writer| {
                let (told, url, secret, client) = (told.clone(), url.clone(), secret.clone(), Client::new());
                tokio::spawn(async move {
                    for n in 0..50 {
                        let name = format!("{round} {writer} {n}");
                        let request = client.post(format!("{url}/api/v1/settings/tags")).bearer_auth(&secret);
                        match request.body(json!({ "name": name }).to_string()).send().await {
                            Ok(answer) if answer.status() == 201 => drop(told.send(name)),
                            Ok(answer) => panic!("{}", answer.status()),
                            Err(_) => return,
                        }
                    }
                })
            })
            .collect();
        drop(told);
        for _ in 0..ACKNOWLEDGED {
            acknowledged.push(heard.recv().await.expect("a write is acknowledged"));
        }
        child.kill().unwrap();
        child.wait().unwrap();
        for writer in writers {
            writer.await.unwrap();
        }
        while let Some(name) = heard.recv().await {
            acknowledged.push(name);
        }
    }
    let console = Console::open(config).await.unwrap();
    let snapshot = console.settings.snapshot();
    let names: std::collections::HashSet<String> =
        snapshot.shelf("tags").unwrap().records().map(|held| held.facts.names[0].clone()).collect();
    let lost: Vec<&String> = acknowledged.iter().filter(|name| !names.contains(*name)).collect();
    assert!(lost.is_empty(), "{lost:?}");
    assert!(verify(console.settings.database()).await.unwrap().is_ok());
}

#[tokio::test(flavor = "multi_thread")]
async fn sqlite_loses_nothing() {
    killed_while_writing(None).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn postgres_loses_nothing() {
    let url = tokio::task::spawn_blocking(crate::common::postgres::database_url).await.unwrap();
    killed_while_writing(Some(url)).await;
}

/// A second server over the same file would not hear of the first one's commits; a command of the command line is heard.
#[tokio::test(flavor = "multi_thread")]
async fn a_file_has_one_server_and_hears_commands() {
    let folder = tempfile::tempdir().unwrap();
    let (mut server, url) = start(folder.path(), None);
    let run = |args: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_pult"));
        command.args(args).args(["--url", &url, "--data"]).arg(folder.path());
        let output = command.env_remove("DATABASE_URL").output().unwrap();
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        (output.status.success(), text(output.stdout), text(output.stderr))
    };
    let (served, _, why) = run(&["serve", "--listen", "127.0.0.1:0"]);
    assert!(!served && why.contains("another server uses"), "{why}");

    let (made, link, why) =
        run(&["user", "add", "boss@example.com", "--first-name", "Б", "--last-name", "О", "--owner"]);
    assert!(made, "{why}");
    let browser = Client::builder().redirect(reqwest::redirect::Policy::none()).build().unwrap();
    let set = || {
        let form = "password=korabel-zelenyi-71&repeat=korabel-zelenyi-71";
        browser
            .post(link.trim())
            .header("content-type", "application/x-www-form-urlencoded")
            .body(form)
            .send()
    };
    let heard = async {
        loop {
            let answer = set().await.unwrap();
            let to = answer.headers()["location"].to_str().unwrap().to_owned();
            if !to.contains("problem") {
                return to;
            }
            tokio::task::yield_now().await;
        }
    };
    let to = tokio::time::timeout(std::time::Duration::from_secs(20), heard).await.unwrap();
    assert_eq!(to, "/settings");
    server.kill().unwrap();
    server.wait().unwrap();

    let elsewhere = tempfile::tempdir().unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_pult"));
    command.args(["verify", "--data"]).arg(elsewhere.path()).env_remove("DATABASE_URL");
    assert!(!command.status().unwrap().success());
    assert!(!elsewhere.path().join("pult.db").exists());
}
