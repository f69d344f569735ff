//! Extensions that are dangerous to open, and why.

/// Why a format is better refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Danger {
    /// Opening it runs a program.
    Program,
    /// A browser runs scripts in it.
    Script,
    /// Office programs run macros in it.
    Macros,
}

impl Danger {
    /// The key of its sentence.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Program => "file_danger_program",
            Self::Script => "file_danger_script",
            Self::Macros => "file_danger_macros",
        }
    }
}

/// Opened by a double click, on one system or another.
const PROGRAMS: &str = " app apk bat bin chm cmd com command cpl deb desktop dll dmg drv elf exe gadget hta inf ins iso \
    jar js jse jsp ksh lnk mjs msc msi msix msp msu ocx php pif pkg pl ps1 psm1 py pyw reg rpm run scr sh sys url vb vbe \
    vbs wsc wsf wsh xpi zsh ";
const SCRIPTED: &str = " htm html mht mhtml shtml svg svgz swf xht xhtml xsl xslt ";
const MACROS: &str = " docm dotm potm ppam ppsm pptm sldm xlam xlsb xlsm xltm ";

/// Why files of this extension are dangerous, if they are.
pub fn danger(extension: &str) -> Option<Danger> {
    let listed = |list: &str| list.split(' ').any(|one| !one.is_empty() && one == extension);
    [(PROGRAMS, Danger::Program), (SCRIPTED, Danger::Script), (MACROS, Danger::Macros)]
        .into_iter()
        .find_map(|(list, danger)| listed(list).then_some(danger))
}
