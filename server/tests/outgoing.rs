//! The server's own requests: nobody reaches through it what only it can reach, and nobody holds it up.

use std::collections::HashMap;
use std::io;
use std::net::SocketAddr;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use app::field::Host;
use async_trait::async_trait;
use reqwest::header::{HeaderMap, HeaderValue};
use server::outgoing::{Answer, Call, Outgoing, Refusal, Resolver};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

/// Answers from a list; counts how often each name was asked for. A name with several answers gives them in turn.
#[derive(Debug, Default)]
struct Names {
    answers: HashMap<String, Vec<Vec<SocketAddr>>>,
    asked: Mutex<HashMap<String, usize>>,
}

#[async_trait]
impl Resolver for Names {
    async fn addresses(&self, host: &str, port: u16) -> io::Result<Vec<SocketAddr>> {
        let mut asked = self.asked.lock().unwrap();
        let times = asked.entry(host.to_owned()).or_default();
        let answers = self.answers.get(host).ok_or(io::ErrorKind::NotFound)?;
        let answer = answers[(*times).min(answers.len() - 1)].clone();
        *times += 1;
        Ok(answer.into_iter().map(|address| SocketAddr::new(address.ip(), port)).collect())
    }
}

/// A server on this machine that answers each connection with what `answer` makes of the request.
struct Loopback {
    port: u16,
    heard: Arc<Mutex<Vec<String>>>,
    served: Arc<AtomicUsize>,
}

impl Loopback {
    async fn answering(answer: impl Fn(&str) -> String + Send + Sync + 'static) -> Self {
        let answer = Arc::new(answer);
        Self::with(move |mut stream, request| {
            let text = answer(&request);
            async move {
                let _ = stream.write_all(text.as_bytes()).await;
            }
        })
        .await
    }

    async fn with<F>(serve: impl Fn(TcpStream, String) -> F + Send + Sync + 'static) -> Self
    where
        F: Future<Output = ()> + Send + 'static,
    {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let heard = Arc::new(Mutex::new(Vec::new()));
        let served = Arc::new(AtomicUsize::new(0));
        let (noted, counted) = (heard.clone(), served.clone());
        tokio::spawn(async move {
            while let Ok((mut stream, _)) = listener.accept().await {
                counted.fetch_add(1, Ordering::SeqCst);
                let mut request = Vec::new();
                let mut buffer = [0; 1024];
                while !request.windows(4).any(|end| end == b"\r\n\r\n") {
                    match stream.read(&mut buffer).await {
                        Ok(0) | Err(_) => break,
                        Ok(n) => request.extend_from_slice(&buffer[..n]),
                    }
                }
                let request = String::from_utf8_lossy(&request).into_owned();
                noted.lock().unwrap().push(request.clone());
                tokio::spawn(serve(stream, request));
            }
        });
        Self { port, heard, served }
    }
}

fn ok(body: &str) -> String {
    let length = body.len();
    format!(
        "HTTP/1.1 200 OK\r\ncontent-type: application/json; charset=utf-8\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n{body}"
    )
}

fn moved(status: u16, to: &str) -> String {
    format!("HTTP/1.1 {status} Moved\r\nlocation: {to}\r\ncontent-length: 0\r\nconnection: close\r\n\r\n")
}

fn names(list: &[(&str, &[&str])]) -> Arc<Names> {
    let address = |text: &&str| SocketAddr::new(text.parse().unwrap(), 0);
    // Each name has one answer of all its addresses.
    let answers =
        list.iter().map(|(name, of)| ((*name).to_owned(), vec![of.iter().map(address).collect()])).collect();
    Arc::new(Names { answers, asked: Mutex::default() })
}

async fn call(names: Arc<Names>, url: &str, allowed: &[&str]) -> Result<Answer, Refusal> {
    call_with(names, url, allowed, HeaderMap::new(), Duration::from_secs(5)).await
}

async fn call_with(
    names: Arc<Names>,
    url: &str,
    allowed: &[&str],
    headers: HeaderMap,
    time: Duration,
) -> Result<Answer, Refusal> {
    let allowed: Vec<Host> = allowed.iter().map(|host| Host((*host).into())).collect();
    let kinds = ["application/json"];
    let call = Call { post: None, url, headers, allowed: &allowed, time, bytes: 1000, kinds: &kinds };
    Outgoing::new(names).call(&call).await
}

#[tokio::test]
async fn private_places_are_not_reached() {
    let server = Loopback::answering(|_| ok("{}")).await;
    let port = server.port;
    let known = names(&[
        ("inside.test", &["127.0.0.1"]),
        ("metadata.test", &["169.254.169.254"]),
        ("mixed.test", &["1.1.1.1", "10.0.0.1"]),
        ("mapped.test", &["::ffff:127.0.0.1"]),
        ("six.test", &["::1"]),
    ]);
    for host in [
        "inside.test",
        "metadata.test",
        "mixed.test",
        "mapped.test",
        "six.test",
        "127.0.0.1",
        "[::1]",
        "[::ffff:127.0.0.1]",
        "2130706433",
        "0x7f.1",
        "0177.0.0.1",
        "0",
        "10.1.2.3",
    ] {
        let url = format!("http://{host}:{port}/");
        assert_eq!(call(known.clone(), &url, &[]).await, Err(Refusal::Private), "{host}");
    }
    for url in [
        "ftp://inside.test/",
        "file:///etc/passwd",
        "http://",
        "//inside.test/",
        "http://user:word@inside.test/",
        "",
        "javascript:1",
    ] {
        assert_eq!(call(known.clone(), url, &[]).await, Err(Refusal::BadAddress), "{url}");
    }
    assert_eq!(call(known.clone(), "http://nowhere.test/", &[]).await, Err(Refusal::NoAddress));
    assert_eq!(server.served.load(Ordering::SeqCst), 0, "nothing was even connected to");
    // What the instance names may be reached, at the port that it names.
    let allowed = format!("inside.test:{port}");
    let answer = call(known.clone(), &format!("http://inside.test:{port}/a?b"), &[&allowed]).await.unwrap();
    assert_eq!((answer.status, &*answer.kind, &*answer.body), (200, "application/json", &b"{}"[..]));
    assert_eq!(
        call(known, &format!("http://inside.test:{port}/"), &["inside.test"]).await,
        Err(Refusal::Private)
    );
}

#[tokio::test]
async fn a_redirect_is_checked_like_an_address() {
    let secret = Loopback::answering(|_| ok("{\"secret\":1}")).await;
    let inner = secret.port;
    let open = Loopback::answering(move |request| {
        let path = request.split(' ').nth(1).unwrap_or_default();
        match path {
            "/private" => moved(302, &format!("http://inner.test:{inner}/")),
            "/literal" => moved(307, &format!("http://127.0.0.1:{inner}/")),
            "/scheme" => moved(302, "file:///etc/passwd"),
            "/once" => moved(302, "/end"),
            "/loop" => moved(302, "/loop"),
            _ => ok("{}"),
        }
    })
    .await;
    let known = names(&[("open.test", &["127.0.0.1"]), ("inner.test", &["127.0.0.1"])]);
    let allowed = format!("open.test:{}", open.port);
    let ask = async |path: &str| {
        call(known.clone(), &format!("http://open.test:{}{path}", open.port), &[&allowed]).await
    };
    assert_eq!(ask("/private").await, Err(Refusal::Private));
    assert_eq!(ask("/literal").await, Err(Refusal::Private));
    assert_eq!(ask("/scheme").await, Err(Refusal::BadRedirect));
    assert_eq!(secret.served.load(Ordering::SeqCst), 0);
    let answer = ask("/once").await.unwrap();
    assert!(answer.url.ends_with("/end"), "{}", answer.url);
    let before = open.served.load(Ordering::SeqCst);
    assert_eq!(ask("/loop").await, Err(Refusal::Redirects));
    assert_eq!(open.served.load(Ordering::SeqCst) - before, 4, "the first and three more");
}

#[tokio::test]
async fn headers_stay_with_their_host() {
    let other = Loopback::answering(|_| ok("{}")).await;
    let port = other.port;
    let first = Loopback::answering(move |_| moved(302, &format!("http://other.test:{port}/"))).await;
    let known = names(&[("first.test", &["127.0.0.1"]), ("other.test", &["127.0.0.1"])]);
    let mut headers = HeaderMap::new();
    headers.insert("x-secret", HeaderValue::from_static("word"));
    let allowed = [format!("first.test:{}", first.port), format!("other.test:{port}")];
    let allowed: Vec<&str> = allowed.iter().map(String::as_str).collect();
    let url = format!("http://first.test:{}/", first.port);
    call_with(known, &url, &allowed, headers, Duration::from_secs(5)).await.unwrap();
    assert!(first.heard.lock().unwrap()[0].contains("x-secret: word"));
    assert!(!other.heard.lock().unwrap()[0].contains("x-secret"));
}

/// A name that answers differently the second time gains nothing: it is asked once, and the connection goes there.
#[tokio::test]
async fn a_name_is_looked_up_once_for_each_request() {
    let server = Loopback::answering(|_| ok("{}")).await;
    let address = |text: &str| vec![SocketAddr::new(text.parse().unwrap(), 0)];
    let answers =
        HashMap::from([("turning.test".to_owned(), vec![address("127.0.0.1"), address("127.0.0.2")])]);
    let known = Arc::new(Names { answers, asked: Mutex::default() });
    let allowed = format!("turning.test:{}", server.port);
    let url = format!("http://turning.test:{}/", server.port);
    assert!(call(known.clone(), &url, &[&allowed]).await.is_ok());
    assert_eq!(known.asked.lock().unwrap()["turning.test"], 1);
    assert_eq!(server.served.load(Ordering::SeqCst), 1);
    // The other way round: public while it is checked, private when it would be connected to.
    let answers =
        HashMap::from([("turning.test".to_owned(), vec![address("192.0.1.1"), address("127.0.0.1")])]);
    let known = Arc::new(Names { answers, asked: Mutex::default() });
    let outcome = call_with(known.clone(), &url, &[], HeaderMap::new(), Duration::from_millis(300)).await;
    assert!(matches!(outcome, Err(Refusal::Slow | Refusal::Unreachable)), "{outcome:?}");
    assert_eq!((known.asked.lock().unwrap()["turning.test"], server.served.load(Ordering::SeqCst)), (1, 1));
}

#[tokio::test]
async fn an_answer_has_its_limits() {
    let drip = Loopback::with(|mut stream, _| async move {
        let head = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n";
        let _ = stream.write_all(head.as_bytes()).await;
        let mut drops = tokio::time::interval(Duration::from_millis(20));
        while stream.write_all(b"1\r\n \r\n").await.is_ok() {
            drops.tick().await;
        }
    })
    .await;
    let flood = Loopback::with(|mut stream, _| async move {
        let head = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n";
        let _ = stream.write_all(head.as_bytes()).await;
        let chunk = format!("3e8\r\n{}\r\n", "a".repeat(1000));
        while stream.write_all(chunk.as_bytes()).await.is_ok() {}
    })
    .await;
    let told = Loopback::answering(|_| ok(&"a".repeat(1001))).await;
    let page = Loopback::answering(|_| ok("<p>").replace("application/json", "text/html")).await;
    let cut = Loopback::answering(|_| ok("{}").replace("content-length: 2", "content-length: 9")).await;
    let known = names(&[("here.test", &["127.0.0.1"])]);
    let ask = async |server: &Loopback, time: u64| {
        let allowed = format!("here.test:{}", server.port);
        let url = format!("http://here.test:{}/", server.port);
        call_with(known.clone(), &url, &[&allowed], HeaderMap::new(), Duration::from_millis(time)).await
    };
    let begun = Instant::now();
    assert_eq!(ask(&drip, 300).await, Err(Refusal::Slow));
    assert!(begun.elapsed() < Duration::from_secs(3), "{:?}", begun.elapsed());
    assert_eq!(ask(&flood, 5000).await, Err(Refusal::Large { max: 1000 }));
    assert_eq!(ask(&told, 5000).await, Err(Refusal::Large { max: 1000 }));
    assert_eq!(ask(&page, 5000).await, Err(Refusal::Kind { found: "text/html".into() }));
    assert_eq!(ask(&cut, 5000).await, Err(Refusal::Unreachable));
}
