//! What arises in every week of a world, drawn at once, so that every run in it finds it ready; decides nothing.

use super::{Need, Source, World, need_draw};
use crate::parameters::Parameters;
use crate::random::Key;

/// Needs that an almanac holds at most. A larger world is drawn week by week, by each run anew.
const MOST_NEEDS: f64 = 16_384.0;

/// A need that arises in a team's market.
#[derive(Debug, Clone, Copy)]
pub enum Arising {
    /// Somebody brings it at once.
    Loud(Need, Source),
    /// It waits to be found.
    Quiet {
        /// Names its luck.
        key: Key,
        /// Factor by which needs of its line are worth more in the week in which it arises.
        prospects: f64,
        /// Search that finds it, in units that find a given quiet need with probability 1 − 1/e.
        search: f64,
    },
}

/// Weeks of a chapter: few enough that its lists are small pieces of memory, for which nobody has to ask the system.
const CHAPTER_WEEKS: usize = 32;

/// Some weeks of all teams, week by week.
#[derive(Debug, Clone)]
struct Chapter {
    /// Factor by which luck changes the capacity of each team.
    luck: Vec<f64>,
    /// Where the needs of each team begin, and the end of all.
    starts: Vec<u32>,
    arising: Vec<Arising>,
}

/// Every week of all teams; empty if that is too much to keep.
#[derive(Debug, Clone, Default)]
pub(super) struct Almanac {
    teams: usize,
    chapters: Vec<Chapter>,
}

impl Almanac {
    /// Draws `weeks` weeks of a world.
    pub(super) fn of(world: &World, parameters: &Parameters, weeks: u32) -> Self {
        let teams = world.team_keys.len();
        let team_weeks = teams as f64 * f64::from(weeks);
        if team_weeks * parameters.environment.opportunities_per_team_week.max(1.0) > MOST_NEEDS {
            return Self::default();
        }
        let mut needs = vec![0; teams];
        let all: Vec<i32> = (world.first_week..).take(weeks as usize).collect();
        let chapter = |weeks: &[i32]| Chapter::of(world, parameters, weeks, &mut needs);
        let chapters = all.chunks(CHAPTER_WEEKS).map(chapter).collect();
        Self { teams, chapters }
    }

    /// Factor by which luck changes the capacity of a team in the week with this number from the first; `None` if it is
    /// not kept.
    #[inline]
    pub(super) fn luck(&self, team: usize, week: usize) -> Option<f64> {
        let (chapter, cell) = self.cell(team, week)?;
        chapter.luck.get(cell).copied()
    }

    /// Needs that arise in the market of a team in the week with this number from the first; `None` if they are not kept.
    #[inline]
    pub(super) fn arising(&self, team: usize, week: usize) -> Option<&[Arising]> {
        let (chapter, cell) = self.cell(team, week)?;
        let [from, to] = *chapter.starts.get(cell..cell + 2)?.as_array()?;
        chapter.arising.get(from as usize..to as usize)
    }

    #[inline]
    fn cell(&self, team: usize, week: usize) -> Option<(&Chapter, usize)> {
        let chapter = self.chapters.get(week / CHAPTER_WEEKS)?;
        Some((chapter, week % CHAPTER_WEEKS * self.teams + team))
    }
}

impl Chapter {
    /// Draws these weeks; `needs` counts those of each team so far.
    fn of(world: &World, parameters: &Parameters, weeks: &[i32], needs: &mut [u64]) -> Self {
        let per_line = parameters.company.teams_per_line as usize;
        let cells = weeks.len() * needs.len();
        let expected = cells as f64 * parameters.environment.opportunities_per_team_week;
        let mut chapter = Self {
            luck: Vec::with_capacity(cells),
            starts: Vec::with_capacity(cells + 1),
            // Three standard errors more than are expected: it hardly ever grows.
            arising: Vec::with_capacity((expected + 3.0 * expected.sqrt()) as usize + 1),
        };
        chapter.starts.push(0);
        for week in weeks {
            for (line, needs) in needs.chunks_mut(per_line).enumerate() {
                let prospects = world.prospects(parameters, line, *week);
                for (place, needs) in needs.iter_mut().enumerate() {
                    let team = line * per_line + place;
                    chapter.luck.push(world.draw_luck(parameters, team, *week));
                    for () in world.arrivals(team, *week) {
                        let key = world.need_key(team, *needs);
                        *needs += 1;
                        chapter
                            .arising
                            .push(world.arise(parameters, key, *week, prospects));
                    }
                    chapter.starts.push(chapter.arising.len() as u32);
                }
            }
        }
        chapter
    }
}

impl World {
    /// How a need comes up.
    #[inline(always)]
    pub fn arise(&self, parameters: &Parameters, key: Key, week: i32, prospects: f64) -> Arising {
        match self.source(parameters, key) {
            Some(source) => Arising::Loud(self.need(parameters, key, week).scaled(prospects), source),
            None => Arising::Quiet {
                key,
                prospects,
                search: key.exponential(need_draw::QUIET),
            },
        }
    }
}
