//! A private PostgreSQL for one test run: real server binaries, a fresh cluster, gone when the run ends.
//!
//! The cluster belongs to a small shell, the *keeper*, that holds the other end of a pipe to this process. However
//! the run ends (return, panic, `kill -9`), the kernel closes the pipe, and the keeper stops the server and removes
//! its files. Statics are never dropped, so nothing in this process could do that.

use std::fs;
use std::io::{BufRead, BufReader, Read};
use std::net::TcpListener;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{self, Child, Command, Stdio};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};

/// Makes and starts the cluster, prints its address, waits for the end of the test run, cleans up.
///
/// The server refuses to run as root, so root lends it the account that its package made. Durability settings stay
/// as they come, for commits are promised to survive.
const KEEPER: &str = r#"
exec 2>&1
set -eu
trap '' INT TERM HUP PIPE
bin=$1 port=$2 as=
dir=$(mktemp -d "${TMPDIR:-/tmp}/pult-postgres.XXXXXX")
server() { $as "$bin/pg_ctl" -D "$dir/data" -s -w "$@" >>"$dir/output" 2>&1 </dev/null; }
clean() {
    trap - EXIT
    server -m immediate stop || true
    rm -rf "$dir"
}
explain() {
    echo 'PostgreSQL did not start:'
    cat "$dir/output"
    clean
}
trap explain EXIT
cd "$dir"
password=$(cat /proc/sys/kernel/random/uuid)
echo "$password" >password
: >output
if [ "$(id -u)" = 0 ]; then
    chown postgres . password output
    as='setpriv --reuid=postgres --regid=postgres --init-groups --'
fi
$as "$bin/initdb" -D data -U pult -A scram-sha-256 --pwfile=password -E UTF8 --locale=C.UTF-8 >>output 2>&1
server -l "$dir/log" -o "-p $port -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c max_connections=300" start ||
    { cat log; false; }
trap clean EXIT
echo "postgres://pult:$password@127.0.0.1:$port"
cat >/dev/null
"#;

/// The cluster of this test process.
struct Cluster {
    /// Where PostgreSQL's programs are.
    programs: PathBuf,
    /// `postgres://user:password@host:port`, without a database.
    address: String,
    /// Holds the pipe whose end stops the cluster.
    _keeper: Child,
}

/// The address of a new, empty database on this process's cluster, which the first call starts.
///
/// # Panics
/// Without PostgreSQL: these tests are never skipped.
pub fn database_url() -> String {
    static CLUSTER: OnceLock<Cluster> = OnceLock::new();
    static COUNT: AtomicU32 = AtomicU32::new(1);

    let Cluster { programs, address, .. } = CLUSTER.get_or_init(Cluster::start);
    let name = format!("test_{}", COUNT.fetch_add(1, Ordering::Relaxed));
    let made = Command::new(programs.join("createdb"))
        .arg(format!("--maintenance-db={address}/postgres"))
        .arg(&name)
        .output()
        .expect("createdb comes with the server");
    assert!(made.status.success(), "createdb: {}", String::from_utf8_lossy(&made.stderr));
    format!("{address}/{name}")
}

impl Cluster {
    fn start() -> Self {
        let programs = newest_programs(Path::new("/usr/lib/postgresql")).expect(
            "PostgreSQL's server is not in /usr/lib/postgresql: install postgresql-15 (`make test` does)",
        );
        let mut keeper = Command::new("sh")
            .args(["-c", KEEPER, "keeper"])
            .arg(&programs)
            .arg(free_port().to_string())
            .process_group(0) // Ctrl+C in the terminal ends the tests; the keeper then sees the pipe close.
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("a shell to keep PostgreSQL");

        let mut output = BufReader::new(keeper.stdout.take().expect("stdout is piped"));
        let mut line = String::new();
        output.read_line(&mut line).expect("the keeper writes UTF-8");
        if !line.starts_with("postgres://") {
            output.read_to_string(&mut line).expect("the keeper writes UTF-8");
            panic!("{line}");
        }
        Self { programs, address: line.trim_end().to_owned(), _keeper: keeper }
    }
}

/// The `bin` folder of the newest major version that has a server.
fn newest_programs(root: &Path) -> Option<PathBuf> {
    fs::read_dir(root)
        .ok()?
        .filter_map(|entry| {
            let path = entry.ok()?.path();
            let version: u32 = path.file_name()?.to_str()?.parse().ok()?;
            let programs = path.join("bin");
            programs.join("postgres").is_file().then_some((version, programs))
        })
        .max()
        .map(|(_, programs)| programs)
}

/// A free port below those the kernel hands out by itself, so that no test's own `127.0.0.1:0` takes it between this
/// look and the server's start. Test processes begin their search at different places.
fn free_port() -> u16 {
    let first = process::id() % 10_000;
    (0..10_000)
        .map(|step| 20_000 + ((first + step) % 10_000) as u16)
        .find(|port| TcpListener::bind(("127.0.0.1", *port)).is_ok())
        .expect("one of ten thousand ports is free")
}
