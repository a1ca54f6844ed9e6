//! The product people of a team, those who lead them, and what each of them can do; never how any of it changes.

/// Most seats a team has; further product people count as alike in pairs.
pub const MOST_SEATS: usize = 2;

/// What a product person can do, each from 0 to 1.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Craft {
    /// Finding out what customers need.
    pub discovery: f64,
    /// Seeing what a need is worth to the business.
    pub business: f64,
    /// Writing and ordering what others build.
    pub backlog: f64,
    /// Moving people over whom one has no authority.
    pub influence: f64,
}

impl Craft {
    /// The four crafts of two people, or of one person at two times, one by one.
    #[inline]
    pub fn with(self, other: Self, each: impl Fn(f64, f64) -> f64) -> Self {
        Self {
            discovery: each(self.discovery, other.discovery),
            business: each(self.business, other.business),
            backlog: each(self.backlog, other.backlog),
            influence: each(self.influence, other.influence),
        }
    }

    /// Each craft changed alike.
    #[inline]
    pub fn map(self, each: impl Fn(f64) -> f64) -> Self {
        self.with(self, |craft, _| each(craft))
    }

    /// Whether any craft differs so much that somebody would notice.
    pub fn is_far_from(&self, other: &Self) -> bool {
        const NOTICEABLE: f64 = 0.01;
        let apart = self.with(*other, |one, other| (one - other).abs());
        let most = apart
            .discovery
            .max(apart.business)
            .max(apart.backlog)
            .max(apart.influence);
        most > NOTICEABLE
    }

    /// What makes somebody good at the product: discovery and business, half each \[0-1\].
    #[inline]
    pub fn overall(&self) -> f64 {
        0.5 * (self.discovery + self.business)
    }
}

/// Rungs of the ladder that a product person of a team can stand on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// Learns the job.
    Associate,
    /// Does the job.
    Manager,
    /// Does it well enough to lead others.
    Senior,
}

impl Level {
    /// Craft from which a person does the job.
    pub const MANAGER_FROM: f64 = 0.35;
    /// Craft from which a person can lead others.
    pub const SENIOR_FROM: f64 = 0.6;

    /// The rung that a person of this overall craft deserves.
    pub fn deserved(overall: f64) -> Self {
        if overall >= Self::SENIOR_FROM {
            Self::Senior
        } else if overall >= Self::MANAGER_FROM {
            Self::Manager
        } else {
            Self::Associate
        }
    }

    /// One rung up, not beyond `top`.
    pub fn next(self, top: Self) -> Self {
        match self {
            Self::Associate => Self::Manager.min(top),
            Self::Manager | Self::Senior => Self::Senior.min(top).max(self),
        }
    }

    /// The word for people.
    pub fn word(self) -> &'static str {
        match self {
            Self::Associate => "associate",
            Self::Manager => "product manager",
            Self::Senior => "senior product manager",
        }
    }
}

/// A product person.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Person {
    /// Craft that has taken root.
    pub craft: Craft,
    /// What training has added and practice has not yet rooted; never more than `craft` leaves room for.
    pub fresh: Craft,
    /// Share of the craft that cannot be used yet, because the person is new here \[0-1\].
    pub gap: f64,
    /// Rung of the ladder.
    pub level: Level,
    /// Week of joining.
    pub joined: i32,
    /// Number of the person among all who have held this seat.
    pub ordinal: u32,
    /// Whether the person has been trained.
    pub trained: bool,
}

impl Person {
    /// A person nobody knows anything about.
    const NOBODY: Self = Self {
        craft: Craft {
            discovery: 0.0,
            business: 0.0,
            backlog: 0.0,
            influence: 0.0,
        },
        fresh: Craft {
            discovery: 0.0,
            business: 0.0,
            backlog: 0.0,
            influence: 0.0,
        },
        gap: 0.0,
        level: Level::Associate,
        joined: 0,
        ordinal: 0,
        trained: false,
    };

    /// What the person knows, whether it can be used here yet or not.
    #[inline]
    pub fn knows(&self) -> Craft {
        self.craft.with(self.fresh, |rooted, fresh| rooted + fresh)
    }

    /// What the person can do here now.
    #[inline]
    pub fn can(&self) -> Craft {
        self.knows().map(|craft| craft * (1.0 - self.gap))
    }
}

/// The product people of a team.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Seats {
    people: [Person; MOST_SEATS],
    count: usize,
    /// People that each seat stands for; below 1 a person who has other teams too.
    pub people_per_seat: f64,
    /// Hours of discovery of all seats since people were last looked at.
    pub practised: f64,
    /// Hours in which people will be away, for training and interviews.
    pub away: f64,
}

impl Default for Seats {
    /// No seats.
    fn default() -> Self {
        Self::new(0.0, |_| Person::NOBODY)
    }
}

impl Seats {
    /// Seats for so many product people of a team, filled by `person(place)`.
    pub fn new(people_per_team: f64, person: impl Fn(usize) -> Person) -> Self {
        let count = (people_per_team.ceil() as usize).min(MOST_SEATS);
        let mut people = [Person::NOBODY; MOST_SEATS];
        for (place, seat) in people.iter_mut().enumerate().take(count) {
            *seat = person(place);
        }
        Self {
            people,
            count,
            people_per_seat: people_per_team / count.max(1) as f64,
            practised: 0.0,
            away: 0.0,
        }
    }

    /// People who hold the seats, where one with other teams too counts in part.
    pub fn people_in_all(&self) -> f64 {
        self.people_per_seat * self.count as f64
    }

    /// More seats, filled by `person(place)`, or fewer.
    pub fn resize(&mut self, people_per_team: f64, person: impl Fn(usize) -> Person) {
        let resized = Self::new(people_per_team, person);
        let kept = self.count.min(resized.count);
        let people = self.people;
        *self = Self {
            practised: self.practised,
            away: self.away,
            ..resized
        };
        self.people[..kept].copy_from_slice(&people[..kept]);
    }

    /// Those who hold the seats: the product manager first, the product owner second where there are two.
    #[inline]
    pub fn people(&self) -> &[Person] {
        &self.people[..self.count]
    }

    /// The same, to be changed.
    #[inline]
    pub fn people_mut(&mut self) -> &mut [Person] {
        &mut self.people[..self.count]
    }

    /// Hours of a week in which people are here, of those they have; those in which they are away are then behind them.
    #[inline]
    pub fn hours_here(&mut self, hours: f64) -> f64 {
        if self.away == 0.0 {
            return hours;
        }
        let away = self.away.min(hours);
        self.away -= away;
        hours - away
    }

    /// Mean of what they can do; `None` where nobody holds a seat.
    pub fn craft(&self) -> Option<Craft> {
        let (first, rest) = self.people().split_first()?;
        let sum = rest.iter().fold(first.can(), |sum, person| {
            sum.with(person.can(), |sum, craft| sum + craft)
        });
        Some(sum.map(|sum| sum / self.count as f64))
    }
}

/// Somebody who leads product people: the head of a product line, or the chief product officer.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Leader {
    /// What the leader can do.
    pub craft: Craft,
    /// Number of the leader among all who have held this post.
    pub ordinal: u32,
}

impl Leader {
    /// Craft of somebody who has led product people well before.
    pub const EXPERIENCED_CRAFT: f64 = 0.7;

    /// Whether the leader has the craft to lead others.
    pub fn is_experienced(&self) -> bool {
        self.craft.overall() >= Level::SENIOR_FROM
    }
}

/// Product people who have gone into operations, data and research, by what they do there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Operations {
    /// People who bring customers and product people together.
    pub access: u32,
    /// People who make data of what customers do.
    pub data: u32,
}

impl Operations {
    /// All of them.
    pub fn people(&self) -> u32 {
        self.access + self.data
    }
}

/// How an organisation is staffed with product people, as it was when they were last looked at.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Staffing {
    /// Mean overall craft of those who hold seats; not a number if there are none.
    pub craft: f64,
    /// Share of seats held by seniors; not a number if there are none.
    pub senior_share: f64,
    /// Share of posts of leaders held by somebody experienced; not a number if there are none.
    pub experienced_share: f64,
    /// People in operations, data and research.
    pub operations: f64,
}
