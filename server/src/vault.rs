//! Secrets at rest: sealed with a key from the environment, or from a file that the first start makes.
//!
//! XChaCha20-Poly1305 with a random nonce of 24 bytes, so nonces need no counter. What a secret belongs to is bound to its
//! ciphertext: a row that is moved to another record or another address does not open.

use std::fs::OpenOptions;
use std::io::{self, Read as _, Write as _};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::Path;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use rand::RngCore;
use sha2::{Digest, Sha256};

/// The file of the key, in the data folder.
const FILE: &str = "secret.key";
/// The bytes of a key, and of a nonce.
const KEY: usize = 32;
const NONCE: usize = 24;

/// Why there is no key.
#[derive(Debug, thiserror::Error)]
pub enum KeyError {
    /// The environment holds something else.
    #[error("PULT_SECRET_KEY must be 32 bytes in base64, or several of them with commas between")]
    Environment,
    /// So does the file.
    #[error("{0} must hold 32 bytes in base64")]
    File(String),
    /// The file could neither be read nor made.
    #[error("the key of secrets, {0}: {1}")]
    Unreadable(String, io::Error),
}

/// One key.
struct Key {
    id: String,
    cipher: XChaCha20Poly1305,
    print: [u8; 32],
}

impl Key {
    fn of(bytes: &[u8; KEY]) -> Self {
        let told = |about: &[u8]| -> [u8; 32] {
            Sha256::new().chain_update(about).chain_update(bytes).finalize().into()
        };
        Self {
            id: hex::encode(&told(b"pult key id")[..8]),
            cipher: XChaCha20Poly1305::new(bytes.into()),
            print: told(b"pult fingerprint"),
        }
    }

    fn fingerprint(&self, content: &[u8]) -> [u8; 32] {
        Sha256::new().chain_update(self.print).chain_update(content).finalize().into()
    }

    fn read(text: &str) -> Option<Self> {
        let bytes = STANDARD.decode(text.trim()).ok()?;
        Some(Self::of(bytes.as_slice().try_into().ok()?))
    }
}

/// What seals and opens secrets. The first key seals; the others open what was sealed before.
pub struct Vault(Vec<Key>);

impl std::fmt::Debug for Vault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Vault").field("keys", &self.0.len()).finish()
    }
}

impl Vault {
    /// The keys of the environment; without any, the one of the file in `data`, which is made if it isn't there.
    ///
    /// # Errors
    /// What is there is no key, or the file can neither be read nor made.
    pub fn open(configured: Option<&str>, data: &Path) -> Result<Self, KeyError> {
        if let Some(keys) = configured.filter(|keys| !keys.trim().is_empty()) {
            let keys = keys.split(',').map(Key::read).collect::<Option<Vec<_>>>();
            return keys.map(Self).ok_or(KeyError::Environment);
        }
        let path = data.join(FILE);
        let failed = |error| KeyError::Unreadable(path.display().to_string(), error);
        let text = match std::fs::read_to_string(&path) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::NotFound => make(data, &path).map_err(failed)?,
            Err(error) => return Err(failed(error)),
        };
        let key = Key::read(&text).ok_or_else(|| KeyError::File(path.display().to_string()))?;
        Ok(Self(vec![key]))
    }

    /// Seals a text for what it belongs to: the id of the key, and the ciphertext behind its nonce.
    pub fn seal(&self, belongs: &str, text: &str) -> (String, Vec<u8>) {
        let key = &self.0[0];
        let mut sealed = vec![0; NONCE];
        rand::rng().fill_bytes(&mut sealed);
        let payload = Payload { msg: text.as_bytes(), aad: belongs.as_bytes() };
        let ciphertext = key.cipher.encrypt(XNonce::from_slice(&sealed), payload);
        sealed.extend(ciphertext.expect("a text is never too long for the cipher"));
        (key.id.clone(), sealed)
    }

    /// The text of a secret; none if its key is not here, or it belongs to something else.
    pub fn unseal(&self, key_id: &str, belongs: &str, sealed: &[u8]) -> Option<String> {
        let key = self.0.iter().find(|key| key.id == key_id)?;
        let (nonce, ciphertext) = sealed.split_at_checked(NONCE)?;
        let payload = Payload { msg: ciphertext, aad: belongs.as_bytes() };
        String::from_utf8(key.cipher.decrypt(XNonce::from_slice(nonce), payload).ok()?).ok()
    }

    /// Is the key of this id here?
    pub fn knows(&self, key_id: &str) -> bool {
        self.0.iter().any(|key| key.id == key_id)
    }

    /// Is this the print of this content, with any of the keys?
    pub fn knows_print(&self, print: &[u8], content: &[u8]) -> bool {
        self.0.iter().any(|key| key.fingerprint(content) == print)
    }

    /// What tells equal contents without telling anything of them to who lacks the key.
    pub fn fingerprint(&self, content: &[u8]) -> [u8; 32] {
        self.0[0].fingerprint(content)
    }
}

/// Makes the file for its owner alone. Of two processes that start at once, one makes it and both read it.
fn make(data: &Path, path: &Path) -> io::Result<String> {
    std::fs::create_dir_all(data)?;
    let mut bytes = [0; KEY];
    rand::rng().fill_bytes(&mut bytes);
    let own = data.join(format!("{FILE}.{}", hex::encode(&Sha256::digest(bytes)[..4])));
    let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(&own)?;
    writeln!(file, "{}", STANDARD.encode(bytes))?;
    file.sync_all()?;
    // A link is refused where the name is taken, and never shows half a file.
    let linked = std::fs::hard_link(&own, path);
    std::fs::remove_file(&own)?;
    match linked {
        // Some file systems know no links; there the name is taken and filled in two steps.
        Err(error) if error.kind() != io::ErrorKind::AlreadyExists => {
            let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)?;
            writeln!(file, "{}", STANDARD.encode(bytes))?;
            file.sync_all()?;
        }
        _ => {}
    }
    let mut text = String::new();
    std::fs::File::open(path)?.read_to_string(&mut text)?;
    Ok(text)
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt as _;

    use super::*;

    fn key(byte: u8) -> String {
        STANDARD.encode([byte; KEY])
    }

    #[test]
    fn what_is_sealed_opens_with_its_key_for_what_it_belongs_to() {
        let nowhere = Path::new("/nowhere");
        let old = Vault::open(Some(&key(1)), nowhere).unwrap();
        let (id, sealed) = old.seal("tags 1", "таємниця 🔑");
        assert_eq!(old.unseal(&id, "tags 1", &sealed).as_deref(), Some("таємниця 🔑"));
        assert_eq!(old.unseal(&id, "tags 2", &sealed), None);
        assert_eq!(old.unseal(&id, "tags 1", &sealed[1..]), None);
        assert_eq!(old.unseal(&id, "tags 1", &[]), None);
        assert_ne!(old.seal("tags 1", "таємниця 🔑").1, sealed, "each has a nonce of its own");
        assert!(!format!("{old:?}").contains(&key(1)));

        let turned = Vault::open(Some(&format!("{},{}", key(2), key(1))), nowhere).unwrap();
        assert_eq!(turned.unseal(&id, "tags 1", &sealed).as_deref(), Some("таємниця 🔑"));
        assert_ne!(turned.seal("tags 1", "x").0, id, "the first key seals");
        let other = Vault::open(Some(&key(2)), nowhere).unwrap();
        assert!(!other.knows(&id) && other.unseal(&id, "tags 1", &sealed).is_none());
        assert_ne!(old.fingerprint(b"x"), other.fingerprint(b"x"));
    }

    #[test]
    fn the_first_start_makes_a_key_for_its_owner_alone() {
        let folder = tempfile::tempdir().unwrap();
        let data = folder.path().join("data");
        let (id, sealed) = Vault::open(None, &data).unwrap().seal("a", "b");
        let mode = std::fs::metadata(data.join(FILE)).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
        assert_eq!(std::fs::read_dir(&data).unwrap().count(), 1, "nothing else is left there");
        assert_eq!(Vault::open(Some(" "), &data).unwrap().unseal(&id, "a", &sealed).as_deref(), Some("b"));
    }

    #[test]
    fn what_is_no_key_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        for wrong in ["x", "AAAA", &format!("{},", key(1))] {
            assert!(matches!(Vault::open(Some(wrong), folder.path()), Err(KeyError::Environment)), "{wrong}");
        }
        std::fs::write(folder.path().join(FILE), "short").unwrap();
        assert!(matches!(Vault::open(None, folder.path()), Err(KeyError::File(_))));
    }
}
