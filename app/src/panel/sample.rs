//! The sample: an ordinary morning of a contact centre, 14 March 2025 at five past ten, in both languages.
//!
//! Client, operator and numbers are those of the variables' samples, so an inserted reply fits the conversation.

use super::words::{self, Said};

/// The type of a dialog.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    New,
    Queued,
    Active,
    Waiting,
    Overdue,
    Closed,
    Group,
    Ticket,
}

impl Kind {
    /// The classes of its row.
    pub const fn class(self) -> &'static str {
        match self {
            Self::New => "op-dialog op-dialog--new",
            Self::Queued => "op-dialog op-dialog--queued",
            Self::Active => "op-dialog op-dialog--active",
            Self::Waiting => "op-dialog op-dialog--waiting",
            Self::Overdue => "op-dialog op-dialog--overdue",
            Self::Closed => "op-dialog op-dialog--closed",
            Self::Group => "op-dialog op-dialog--group",
            Self::Ticket => "op-dialog op-dialog--ticket",
        }
    }

    /// Its name.
    pub const fn word(self) -> Said {
        match self {
            Self::New => words::NEW,
            Self::Queued => words::QUEUED,
            Self::Active => words::ACTIVE,
            Self::Waiting => words::WAITING,
            Self::Overdue => words::OVERDUE,
            Self::Closed => words::CLOSED,
            Self::Group => words::GROUP,
            Self::Ticket => words::TICKET_KIND,
        }
    }
}

/// How urgent a dialog is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Priority {
    Low,
    Normal,
    High,
    Urgent,
}

impl Priority {
    /// Its classes.
    pub const fn class(self) -> &'static str {
        match self {
            Self::Low => "op-priority op-priority--low",
            Self::Normal => "op-priority op-priority--normal",
            Self::High => "op-priority op-priority--high",
            Self::Urgent => "op-priority op-priority--urgent",
        }
    }

    /// Its name.
    pub const fn word(self) -> Said {
        match self {
            Self::Low => words::LOW,
            Self::Normal => words::NORMAL,
            Self::High => words::HIGH,
            Self::Urgent => words::URGENT,
        }
    }
}

/// Whose message it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum From {
    Client,
    Operator,
    Bot,
    System,
    Internal,
}

/// What a message carries besides its text.
#[derive(Clone, Copy)]
pub(super) enum Extra {
    Nothing,
    Quote(Said),
    Image(Said, Said),
    Document(Said, Said),
    Sticker,
}

/// The channel of a dialog: its code in settings, its name, its picture.
#[derive(Clone, Copy)]
pub(super) struct Way {
    pub code: &'static str,
    pub name: Said,
    pub picture: &'static str,
}

/// A message.
#[derive(Clone, Copy)]
pub(super) struct Message {
    pub from: From,
    pub author: Said,
    pub text: Said,
    pub time: &'static str,
    pub extra: Extra,
    /// The client had not been answered yet when the operator came back.
    pub unread: bool,
}

/// A dialog.
pub(super) struct Dialog {
    pub number: u32,
    pub kind: Kind,
    pub name: Said,
    pub channel: Way,
    pub topic: Said,
    pub time: Said,
    pub unread: u32,
    pub priority: Priority,
    /// Which of the tags it has, by their place.
    pub tags: &'static [usize],
    /// It is the reader's own.
    pub mine: bool,
    pub messages: &'static [Message],
}

const TELEGRAM: Way = Way { code: "telegram", name: Said("Telegram", "Telegram"), picture: "send" };
const VIBER: Way = Way { code: "viber", name: Said("Viber", "Viber"), picture: "phone" };
const WHATSAPP: Way =
    Way { code: "whatsapp", name: Said("WhatsApp", "WhatsApp"), picture: "messages-square" };
const MAIL: Way = Way { code: "email", name: Said("Пошта", "Email"), picture: "mail" };
const SITE: Way =
    Way { code: "web_widget", name: Said("Віджет сайту", "Website"), picture: "globe" };

/// The client of the open conversation, and the operator.
pub(super) const OLENA: Said = Said("Олена Коваленко", "Olena Kovalenko");
pub(super) const TARAS: Said = Said("Тарас Мельник", "Taras Melnyk");
const ASSISTANT: Said = Said("Помічник", "Assistant");
const NOBODY: Said = Said("", "");

const fn said(from: From, author: Said, text: Said, time: &'static str) -> Message {
    Message { from, author, text, time, extra: Extra::Nothing, unread: false }
}

const fn with(extra: Extra, message: Message) -> Message {
    Message { extra, ..message }
}

const fn unread(message: Message) -> Message {
    Message { unread: true, ..message }
}

/// Every dialog, newest first.
pub(super) const DIALOGS: &[Dialog] = &[
    Dialog {
        number: 10_245,
        kind: Kind::Active,
        name: OLENA,
        channel: TELEGRAM,
        topic: Said("Повернення коштів", "Refund"),
        time: Said("10:04", "10:04"),
        unread: 2,
        priority: Priority::High,
        tags: &[0, 1],
        mine: true,
        messages: &[
            said(
                From::System,
                NOBODY,
                Said("Діалог розпочато в Телеграмі", "The dialog began in Telegram"),
                "09:30",
            ),
            said(
                From::Bot,
                ASSISTANT,
                Said(
                    "Вітаю! Я помічник крамниці «Світанок». Опишіть, будь ласка, що сталося.",
                    "Hello! I am the assistant of Dawn Shop. Please tell me what happened.",
                ),
                "09:30",
            ),
            said(
                From::Client,
                OLENA,
                Said(
                    "Добрий день! Замовила чайник, а прийшов розбитий. Хочу повернути кошти.",
                    "Hello! I ordered a kettle and it arrived broken. I want a refund.",
                ),
                "09:33",
            ),
            with(
                Extra::Image(Said("чайник.jpg", "kettle.jpg"), Said("1,8 МБ", "1.8 MB")),
                said(From::Client, OLENA, Said("Ось фото", "Here is a photo"), "09:34"),
            ),
            said(
                From::System,
                NOBODY,
                Said("Тарас Мельник прийняв діалог", "Taras Melnyk accepted the dialog"),
                "09:41",
            ),
            said(
                From::Operator,
                TARAS,
                Said(
                    "Олено, мені дуже шкода. Зараз перевірю замовлення й запропоную, як швидше все владнати.",
                    "Olena, I am very sorry. Let me check the order and find the quickest way to put it right.",
                ),
                "09:42",
            ),
            said(
                From::Internal,
                TARAS,
                Said(
                    "Третя скарга на цього перевізника за тиждень. Сказав Ірині зі складу.",
                    "Third complaint about this carrier in a week. Told Iryna at the warehouse.",
                ),
                "09:44",
            ),
            with(
                Extra::Document(Said("Заява на повернення.pdf", "Refund form.pdf"), Said("96 КБ", "96 KB")),
                said(
                    From::Operator,
                    TARAS,
                    Said(
                        "Заповніть, будь ласка, цю заяву, і ми повернемо кошти впродовж трьох днів.",
                        "Please fill in this form, and we will refund you within three days.",
                    ),
                    "09:48",
                ),
            ),
            unread(with(
                Extra::Quote(Said("Заповніть, будь ласка, цю заяву…", "Please fill in this form…")),
                said(
                    From::Client,
                    OLENA,
                    Said(
                        "Готово, надіслала на пошту. Коли чекати на гроші?",
                        "Done, I sent it by email. When will I get the money?",
                    ),
                    "10:03",
                ),
            )),
            unread(with(Extra::Sticker, said(From::Client, OLENA, NOBODY, "10:04"))),
        ],
    },
    Dialog {
        number: 10_251,
        kind: Kind::New,
        name: Said("Ігор Петренко", "Ihor Petrenko"),
        channel: SITE,
        topic: Said("Доставка", "Delivery"),
        time: Said("10:02", "10:02"),
        unread: 1,
        priority: Priority::Normal,
        tags: &[],
        mine: true,
        messages: &[
            said(
                From::System,
                NOBODY,
                Said("Діалог розпочато на сайті", "The dialog began on the website"),
                "10:02",
            ),
            unread(said(
                From::Client,
                Said("Ігор Петренко", "Ihor Petrenko"),
                Said("Чи доставляєте в Косів?", "Do you deliver to Kosiv?"),
                "10:02",
            )),
        ],
    },
    Dialog {
        number: 10_198,
        kind: Kind::Overdue,
        name: Said("Марія Шевчук", "Mariia Shevchuk"),
        channel: VIBER,
        topic: Said("Оплата", "Payment"),
        time: Said("09:21", "09:21"),
        unread: 3,
        priority: Priority::Urgent,
        tags: &[1],
        mine: true,
        messages: &[
            said(
                From::Client,
                Said("Марія Шевчук", "Mariia Shevchuk"),
                Said("З картки списали двічі!", "My card was charged twice!"),
                "09:12",
            ),
            unread(said(
                From::Client,
                Said("Марія Шевчук", "Mariia Shevchuk"),
                Said("Скільки ще чекати?", "How long do I have to wait?"),
                "09:21",
            )),
        ],
    },
    Dialog {
        number: 10_249,
        kind: Kind::Queued,
        name: Said("Гість 4821", "Guest 4821"),
        channel: WHATSAPP,
        topic: Said("Загальні питання", "General questions"),
        time: Said("10:00", "10:00"),
        unread: 1,
        priority: Priority::Normal,
        tags: &[],
        mine: false,
        messages: &[
            said(
                From::Bot,
                ASSISTANT,
                Said(
                    "Передаю діалог операторам, зачекайте, будь ласка.",
                    "I am passing you to our operators, please wait.",
                ),
                "09:59",
            ),
            unread(said(
                From::Client,
                Said("Гість 4821", "Guest 4821"),
                Said("Добре, чекаю", "All right, I will wait"),
                "10:00",
            )),
        ],
    },
    Dialog {
        number: 10_231,
        kind: Kind::Waiting,
        name: Said("Андрій Бондар", "Andrii Bondar"),
        channel: TELEGRAM,
        topic: Said("Гарантія", "Warranty"),
        time: Said("09:50", "09:50"),
        unread: 0,
        priority: Priority::Low,
        tags: &[2],
        mine: true,
        messages: &[
            said(
                From::Client,
                Said("Андрій Бондар", "Andrii Bondar"),
                Said("Пилосос перестав вмикатися.", "The vacuum cleaner no longer switches on."),
                "09:37",
            ),
            said(
                From::Operator,
                TARAS,
                Said(
                    "Надішліть, будь ласка, фото гарантійного талона.",
                    "Please send a photo of the warranty card.",
                ),
                "09:50",
            ),
        ],
    },
    Dialog {
        number: 10_180,
        kind: Kind::Group,
        name: Said("Партнери, Захід", "Partners, West"),
        channel: TELEGRAM,
        topic: Said("Партнери", "Partners"),
        time: Said("09:46", "09:46"),
        unread: 5,
        priority: Priority::Normal,
        tags: &[3],
        mine: true,
        messages: &[
            said(
                From::Client,
                Said("Софія, Львів", "Sofiia, Lviv"),
                Said("Коли буде новий прайс?", "When is the new price list due?"),
                "09:44",
            ),
            unread(said(
                From::Client,
                Said("Богдан, Луцьк", "Bohdan, Lutsk"),
                Said("І нам теж потрібен, будь ласка", "We need it too, please"),
                "09:46",
            )),
        ],
    },
    Dialog {
        number: 512,
        kind: Kind::Ticket,
        name: Said("Тікет № 512: повернення коштів", "Ticket 512: refund"),
        channel: MAIL,
        topic: Said("Повернення коштів", "Refund"),
        time: Said("09:45", "09:45"),
        unread: 0,
        priority: Priority::High,
        tags: &[0],
        mine: true,
        messages: &[
            said(
                From::System,
                NOBODY,
                Said("Тікет створено з діалогу № 10245", "The ticket was made from dialog 10245"),
                "09:45",
            ),
            said(
                From::Internal,
                TARAS,
                Said("Чекаємо на підпис фінансового відділу.", "We wait for finance to sign."),
                "09:45",
            ),
        ],
    },
    Dialog {
        number: 10_102,
        kind: Kind::Closed,
        name: Said("Наталія Кравець", "Nataliia Kravets"),
        channel: VIBER,
        topic: Said("Доставка", "Delivery"),
        time: Said("учора", "yesterday"),
        unread: 0,
        priority: Priority::Low,
        tags: &[2],
        mine: true,
        messages: &[
            said(
                From::Client,
                Said("Наталія Кравець", "Nataliia Kravets"),
                Said("Усе отримала, дякую!", "I have received everything, thank you!"),
                "17:20",
            ),
            said(
                From::System,
                NOBODY,
                Said("Діалог закрито зі статусом «Вирішено»", "The dialog was closed as “Resolved”"),
                "17:24",
            ),
        ],
    },
];

/// The dialog of a number; the first if there is none.
pub(super) fn dialog(number: u32) -> &'static Dialog {
    DIALOGS.iter().find(|dialog| dialog.number == number).unwrap_or(&DIALOGS[0])
}

/// The tags of a panel whose settings hold none: name and colour.
pub(super) const TAGS: [(Said, &str); 4] = [
    (Said("Повернення", "Refund"), "#b0511c"),
    (Said("Скарга", "Complaint"), "#c2302a"),
    (Said("Постійний клієнт", "Regular client"), "#1c7c45"),
    (Said("Опт", "Wholesale"), "#6d5bd0"),
];

/// The earlier dialogs of the client.
pub(super) const EARLIER: [(Said, Said); 2] = [
    (
        Said("2 березня: питання про доставку", "2 March: a question about delivery"),
        Said("Вирішено", "Resolved"),
    ),
    (Said("19 січня: заміна кольору", "19 January: another colour"), Said("Вирішено", "Resolved")),
];

/// The state of a clock of the ticket.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Clock {
    Met,
    Running,
    Soon,
    Overdue,
    Paused,
}

/// A clock: how long it may run, and what has passed of that, in seconds of working time.
pub(super) struct Sla {
    pub name: Said,
    pub target: u32,
    pub passed: u32,
    pub met: bool,
    pub paused: bool,
}

impl Sla {
    /// Its state: less than a fifth of the time left is soon.
    pub const fn clock(&self) -> Clock {
        if self.met {
            Clock::Met
        } else if self.passed > self.target {
            Clock::Overdue
        } else if self.paused {
            Clock::Paused
        } else if (self.target - self.passed) * 5 < self.target {
            Clock::Soon
        } else {
            Clock::Running
        }
    }
}

/// The clocks of the ticket at the moment of the sample, each in another state.
pub(super) const CLOCKS: [Sla; 5] = [
    Sla { name: words::TTR, target: 15 * 60, passed: 12 * 60, met: true, paused: false },
    Sla { name: words::NEXT_ANSWER, target: 10 * 60, passed: 9 * 60, met: false, paused: false },
    Sla { name: words::TTC, target: 8 * 3600, passed: 35 * 60, met: false, paused: false },
    Sla {
        name: Said("Відповідь складу", "Answer of the warehouse"),
        target: 30 * 60,
        passed: 44 * 60,
        met: false,
        paused: false,
    },
    Sla { name: words::PAUSE, target: 24 * 3600, passed: 2 * 3600, met: false, paused: true },
];

#[cfg(test)]
mod tests {
    use super::{CLOCKS, Clock, DIALOGS, Kind};

    #[test]
    fn every_type_of_dialog_and_every_state_of_a_clock_occurs() {
        let kinds = [
            Kind::New,
            Kind::Queued,
            Kind::Active,
            Kind::Waiting,
            Kind::Overdue,
            Kind::Closed,
            Kind::Group,
            Kind::Ticket,
        ];
        assert!(kinds.iter().all(|kind| DIALOGS.iter().any(|dialog| dialog.kind == *kind)));
        let clocks = CLOCKS.map(|sla| sla.clock());
        assert_eq!(clocks, [Clock::Met, Clock::Soon, Clock::Running, Clock::Overdue, Clock::Paused]);
    }

    #[test]
    fn dialogs_speak_both_languages() {
        for dialog in DIALOGS {
            let texts = dialog.messages.iter().map(|message| message.text).chain([dialog.name, dialog.topic]);
            for text in texts {
                assert_eq!(text.0.is_empty(), text.1.is_empty());
                assert!(text.0.is_empty() || text.0 != text.1, "{}", text.0);
            }
        }
    }
}
