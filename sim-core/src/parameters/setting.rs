//! One row of the parameter table: what a parameter is, how it is read and set; never what it does.

use std::fmt;

use super::Parameters;

/// What a parameter is to the person who decides.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// The organisation chooses it.
    Lever,
    /// Nobody knows it exactly; it is drawn when results are wanted over plausible companies.
    Uncertainty,
    /// Fixed by the question that is asked.
    Constant,
}

impl fmt::Display for Role {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Lever => "lever",
            Self::Uncertainty => "uncertainty",
            Self::Constant => "constant",
        })
    }
}

/// Where a value comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Provenance {
    /// Found in, or computed from, published data.
    Measured(&'static str),
    /// A statement of one of the source documents.
    Seed(&'static str),
    /// A judgement; the text says on what it rests.
    Assumed(&'static str),
}

impl Provenance {
    /// `measured`, `seed` or `assumed`.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Measured(_) => "measured",
            Self::Seed(_) => "seed",
            Self::Assumed(_) => "assumed",
        }
    }

    /// The source, or what the judgement rests on.
    pub fn source(&self) -> &'static str {
        match self {
            Self::Measured(text) | Self::Seed(text) | Self::Assumed(text) => text,
        }
    }
}

/// The value of a parameter of any kind.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Value {
    /// A real number, possibly infinite.
    Number(f64),
    /// A whole number.
    Whole(u32),
    /// On or off.
    Switch(bool),
    /// One of a few words.
    Choice(&'static str),
}

impl Value {
    /// The value as a number, if it is one.
    pub fn as_number(self) -> Option<f64> {
        match self {
            Self::Number(number) => Some(number),
            Self::Whole(number) => Some(f64::from(number)),
            Self::Switch(_) | Self::Choice(_) => None,
        }
    }
}

impl fmt::Display for Value {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Number(number) => write!(formatter, "{number}"),
            Self::Whole(number) => write!(formatter, "{number}"),
            Self::Switch(on) => write!(formatter, "{on}"),
            Self::Choice(word) => formatter.write_str(word),
        }
    }
}

/// A kind of value that a parameter can have.
pub trait Setting: Copy {
    /// The words allowed, for a choice; empty otherwise.
    const CHOICES: &'static [&'static str] = &[];
    /// What a value of this kind is called in messages.
    const KIND: &'static str;
    /// Wraps the value.
    fn to_value(self) -> Value;
    /// Unwraps a value of the same kind; whole numbers are accepted where numbers are.
    fn from_value(value: Value) -> Option<Self>;
}

impl Setting for f64 {
    const KIND: &'static str = "a number";
    fn to_value(self) -> Value {
        Value::Number(self)
    }
    fn from_value(value: Value) -> Option<Self> {
        value.as_number()
    }
}

impl Setting for u32 {
    const KIND: &'static str = "a whole number";
    fn to_value(self) -> Value {
        Value::Whole(self)
    }
    fn from_value(value: Value) -> Option<Self> {
        match value {
            Value::Whole(number) => Some(number),
            Value::Number(number)
                if number >= 0.0 && number <= f64::from(u32::MAX) && number.fract() == 0.0 =>
            {
                Some(number as u32)
            }
            _ => None,
        }
    }
}

impl Setting for bool {
    const KIND: &'static str = "true or false";
    fn to_value(self) -> Value {
        Value::Switch(self)
    }
    fn from_value(value: Value) -> Option<Self> {
        match value {
            Value::Switch(on) => Some(on),
            _ => None,
        }
    }
}

/// Why a value was not taken.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum SettingError {
    /// The value lies outside the allowed range, or is not a number at all.
    #[error("{path} = {value} is outside its range: allowed is {low} to {high} [{unit}]")]
    OutOfRange {
        /// `group.name`.
        path: String,
        /// The value given.
        value: Value,
        /// Smallest value allowed.
        low: f64,
        /// Largest value allowed.
        high: f64,
        /// Unit of the parameter.
        unit: &'static str,
    },
    /// The value is of the wrong kind.
    #[error("{path} = {value} is of the wrong kind: expected {expected}")]
    WrongKind {
        /// `group.name`.
        path: String,
        /// The value given.
        value: String,
        /// What was expected, in words.
        expected: String,
    },
    /// Two parameters contradict each other.
    #[error("{first} and {second} are at odds: {reason}")]
    AtOdds {
        /// `group.name` of the one.
        first: &'static str,
        /// `group.name` of the other.
        second: &'static str,
        /// What is wrong, and what would be right.
        reason: String,
    },
}

/// One row of the parameter table.
#[derive(Debug, Clone, Copy)]
pub struct Parameter {
    /// Group key.
    pub group: &'static str,
    /// Key within the group.
    pub name: &'static str,
    /// Unit in words; `-` for a pure number.
    pub unit: &'static str,
    /// What it is to the person who decides.
    pub role: Role,
    /// Default value.
    pub default: Value,
    /// Smallest value allowed (numbers only).
    pub low: f64,
    /// Largest value allowed (numbers only).
    pub high: f64,
    /// Words allowed (choices only).
    pub choices: &'static [&'static str],
    /// Plausible range around the default, the ends of a PERT distribution; `None` if it is not uncertain.
    pub plausible: Option<(f64, f64)>,
    /// One plain sentence.
    pub meaning: &'static str,
    /// Where default and range come from.
    pub provenance: Provenance,
    /// Kind of value in words.
    pub kind: &'static str,
    pub(crate) read: fn(&Parameters) -> Value,
    pub(crate) write: fn(&mut Parameters, Value) -> bool,
}

impl PartialEq for Parameter {
    fn eq(&self, other: &Self) -> bool {
        self.group == other.group && self.name == other.name
    }
}

impl Eq for Parameter {}

impl Parameter {
    /// `group.name`, the parameter's name everywhere.
    pub fn path(&self) -> String {
        format!("{}.{}", self.group, self.name)
    }

    /// Reads the parameter.
    pub fn get(&self, parameters: &Parameters) -> Value {
        (self.read)(parameters)
    }

    /// Sets the parameter after checking kind and range.
    ///
    /// # Errors
    /// If the value is of the wrong kind or outside the allowed range; `parameters` is then unchanged.
    pub fn set(&self, parameters: &mut Parameters, value: Value) -> Result<(), SettingError> {
        if let Some(number) = value.as_number()
            && !(number >= self.low && number <= self.high)
            && self.default.as_number().is_some()
        {
            return Err(SettingError::OutOfRange {
                path: self.path(),
                value,
                low: self.low,
                high: self.high,
                unit: self.unit,
            });
        }
        if (self.write)(parameters, value) {
            Ok(())
        } else {
            Err(self.wrong_kind(&value.to_string()))
        }
    }

    /// The value a word stands for: `true`/`false`, a number (`inf` too) or one of the choices.
    ///
    /// # Errors
    /// If the word is none of these for this parameter.
    pub fn parse(&self, word: &str) -> Result<Value, SettingError> {
        let value = match self.default {
            Value::Switch(_) => word.parse().ok().map(Value::Switch),
            Value::Choice(_) => self
                .choices
                .iter()
                .find(|choice| **choice == word)
                .map(|choice| Value::Choice(choice)),
            Value::Whole(_) => word
                .parse()
                .ok()
                .map(Value::Whole)
                .or_else(|| word.parse().ok().map(Value::Number)),
            Value::Number(_) => word.parse().ok().map(Value::Number),
        };
        value.ok_or_else(|| self.wrong_kind(word))
    }

    /// What is allowed, in words: `0 to 1`, `true or false`, or the choices.
    pub fn allowed(&self) -> String {
        match self.default {
            Value::Number(_) | Value::Whole(_) => format!("{} to {}", self.low, self.high),
            Value::Switch(_) => "true or false".to_owned(),
            Value::Choice(_) => self.choices.join(" | "),
        }
    }

    fn wrong_kind(&self, value: &str) -> SettingError {
        let expected = match self.default {
            Value::Choice(_) => format!("one of {}", self.choices.join(", ")),
            Value::Whole(_) => format!("{} from {} to {} [{}]", self.kind, self.low, self.high, self.unit),
            Value::Number(_) => format!("{} from {} to {} [{}]", self.kind, self.low, self.high, self.unit),
            Value::Switch(_) => self.kind.to_owned(),
        };
        SettingError::WrongKind {
            path: self.path(),
            value: value.to_owned(),
            expected,
        }
    }
}

/// Declares a group: its struct, its defaults and its rows of the table, each parameter once.
macro_rules! group {
    (
        $(#[doc = $group_doc:literal])+
        $group:ident $field:ident $group_name:literal
        $( $name:ident : $kind:ty = $default:expr, $unit:literal, $low:literal => $high:expr, $plausible:expr, $role:ident, $provenance:expr; $meaning:literal )+
    ) => {
        $(#[doc = $group_doc])+
        #[derive(Debug, Clone, PartialEq)]
        pub struct $group {
            $(
                #[doc = $meaning]
                #[doc = concat!(" Unit: ", $unit, ".")]
                pub $name: $kind,
            )+
        }

        impl Default for $group {
            fn default() -> Self {
                Self { $( $name: $default ),+ }
            }
        }

        pub(super) const GROUP: super::Group = super::Group {
            name: $group_name,
            meaning: concat!($($group_doc),+),
            parameters: &[
                $(
                    super::Parameter {
                        group: $group_name,
                        name: stringify!($name),
                        unit: $unit,
                        role: super::Role::$role,
                        default: super::setting::Wrap($default).value(),
                        low: $low as f64,
                        high: $high as f64,
                        choices: <$kind as super::Setting>::CHOICES,
                        plausible: $plausible,
                        meaning: $meaning,
                        provenance: $provenance,
                        kind: <$kind as super::Setting>::KIND,
                        read: |parameters| super::Setting::to_value(parameters.$field.$name),
                        write: |parameters, value| match <$kind as super::Setting>::from_value(value) {
                            Some(value) => { parameters.$field.$name = value; true }
                            None => false,
                        },
                    },
                )+
            ],
        };
    };
}
pub(super) use group;

/// Wraps a literal default as a [`Value`] in a constant, where trait methods cannot be called.
pub(super) struct Wrap<T>(pub T);

impl Wrap<f64> {
    pub(super) const fn value(self) -> Value {
        Value::Number(self.0)
    }
}

impl Wrap<u32> {
    pub(super) const fn value(self) -> Value {
        Value::Whole(self.0)
    }
}

impl Wrap<bool> {
    pub(super) const fn value(self) -> Value {
        Value::Switch(self.0)
    }
}

/// Declares a parameter whose value is one of a few words.
macro_rules! choice {
    ($(#[doc = $doc:literal])+ $name:ident { $( $(#[doc = $variant_doc:literal])+ $variant:ident = $word:literal ),+ $(,)? }) => {
        $(#[doc = $doc])+
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum $name { $( $(#[doc = $variant_doc])+ $variant ),+ }

        impl super::Setting for $name {
            const CHOICES: &'static [&'static str] = &[$($word),+];
            const KIND: &'static str = "a word";
            fn to_value(self) -> super::Value {
                super::Value::Choice(match self { $( Self::$variant => $word ),+ })
            }
            fn from_value(value: super::Value) -> Option<Self> {
                match value {
                    $( super::Value::Choice($word) => Some(Self::$variant), )+
                    _ => None,
                }
            }
        }

        impl super::setting::Wrap<$name> {
            pub(super) const fn value(self) -> super::Value {
                super::Value::Choice(match self.0 { $( $name::$variant => $word ),+ })
            }
        }
    };
}
pub(super) use choice;
