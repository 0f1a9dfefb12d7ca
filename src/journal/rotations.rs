//! Rotations: begun, ended, changed, and what was written in them.

use chrono::NaiveDate;

use super::reading::not_found;
use super::rotation_rows::rows;
use super::writing::next;
use super::{Journal, JournalError, Undo};
use crate::domain::id::{Revision, RotationId};
use crate::domain::offer::{Offer, offers};
use crate::domain::rotation::{self, Block, Rotation, RotationError, covering, ending};
use crate::domain::template::TemplateId;
use crate::store::{KeptRotation, StoreError, Tables, ids};

/// A rotation as a list shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RotationRow {
    /// The rotation.
    pub rotation: Rotation,
    /// Whether it is the one that a shift of today belongs to.
    pub is_present: bool,
    /// Reflections about shifts in it.
    pub reflections: u32,
    /// Distinct shifts in it, reflected on or logged.
    pub shifts: u32,
    /// Whether it is not as it was saved.
    pub damaged: bool,
}

/// Which rotation fits a reflection, and which it could be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposal {
    /// The name of the one that fits; empty if none does.
    pub rotation: String,
    /// Names to choose from: of the rotations, begun last first, then those used of late.
    pub choices: Vec<String>,
}

/// At most so many names are offered to choose from.
const MOST_CHOICES: usize = 9;

const READING: &str = "reading the rotations";
const KEEPING: &str = "keeping the rotation";
const UNDOING: &str = "taking the change back";

impl Journal {
    /// Every rotation outside the trash, begun last first.
    ///
    /// A reflection is in the rotation that it names, if it is dated in its days; one that names
    /// none and a logged shift are in the rotation that covers their date.
    ///
    /// # Errors
    /// If the journal cannot be read.
    pub fn rotations(&mut self) -> Result<Vec<RotationRow>, JournalError> {
        let today = self.today();
        self.store.read(READING, |tables| Ok(rows(tables, today)?))
    }

    /// The rotation that fits a reflection of that template and shift date, and those to choose from.
    ///
    /// # Errors
    /// If the journal cannot be read.
    pub fn propose_rotation(
        &mut self,
        template: &TemplateId,
        shift_date: NaiveDate,
    ) -> Result<Proposal, JournalError> {
        self.store.read::<_, JournalError>(READING, |tables| {
            let rotation = rotation_on(tables, template, shift_date)?.unwrap_or_default();
            let begun = tables
                .rotations()?
                .into_iter()
                .map(|kept| kept.rotation.name);
            let mut choices: Vec<String> = Vec::new();
            for name in begun.chain(tables.rotations_used_last()?) {
                let fits = rotation::name(&name).is_ok_and(|name| !name.is_empty());
                if fits && !choices.contains(&name) {
                    choices.push(name);
                }
            }
            choices.truncate(MOST_CHOICES);
            Ok(Proposal { rotation, choices })
        })
    }

    /// Begins a rotation. It may lie ahead or be over, and lie over others.
    ///
    /// # Errors
    /// [`JournalError::Rotation`] if it does not fit, or if one of that name runs already.
    pub fn start_rotation(&mut self, block: Block) -> Result<(Rotation, Undo), JournalError> {
        let block = block.checked()?;
        let now = self.now();
        self.store.write(KEEPING, |tables| {
            let all = sound(tables)?;
            let runs = |r: &&Rotation| r.last.is_none() && r.is_called(&block.name);
            if let Some(running) = all.iter().find(runs).filter(|_| block.last.is_none()) {
                return Err(JournalError::Rotation(RotationError::RunsAlready {
                    name: running.name.clone(),
                    first: running.first,
                }));
            }
            let largest = tables.largest_rotation_id()?;
            let rotation = Rotation {
                id: RotationId::new(ids::fresh_after(now, largest)),
                name: block.name,
                first: block.first,
                last: block.last,
                revision: Revision::FIRST,
            };
            tables.set_rotation(&rotation)?;
            let undo = Undo::RotationStarted(rotation.id);
            Ok((rotation, undo))
        })
    }

    /// Gives the rotation that runs its last day: the only one, or the one of that name.
    ///
    /// # Errors
    /// [`JournalError::Rotation`] if none or several are meant, or if it would end before it began.
    pub fn end_rotation(
        &mut self,
        name: Option<&str>,
        last: NaiveDate,
    ) -> Result<(Rotation, Undo), JournalError> {
        self.store.write(KEEPING, |tables| {
            let all = sound(tables)?;
            let former = ending(&all, name)?;
            let block = Block {
                last: Some(last),
                ..former.block()
            };
            change(tables, former, block)
        })
    }

    /// Changes the name and the days of a rotation. Reflections keep the name they were written
    /// under.
    ///
    /// # Errors
    /// [`JournalError::Rotation`] if it does not fit; [`JournalError::NotFound`].
    pub fn edit_rotation(
        &mut self,
        id: RotationId,
        block: Block,
    ) -> Result<(Rotation, Undo), JournalError> {
        self.store.write(KEEPING, |tables| {
            let former = known(tables, id)?.rotation;
            change(tables, &former, block)
        })
    }

    /// Puts a rotation into the trash. Reflections keep its name.
    ///
    /// # Errors
    /// [`JournalError::NotFound`], or if the journal cannot be written.
    pub fn trash_rotation(&mut self, id: RotationId) -> Result<Undo, JournalError> {
        self.move_rotation(id, true)?;
        Ok(Undo::RotationTrashed(id))
    }

    /// Takes a rotation out of the trash.
    ///
    /// # Errors
    /// [`JournalError::NotFound`] if it is gone for good.
    pub fn restore_rotation(&mut self, id: RotationId) -> Result<Undo, JournalError> {
        self.move_rotation(id, false)?;
        Ok(Undo::RotationRestored(id))
    }

    pub(super) fn move_rotation(
        &mut self,
        id: RotationId,
        to_trash: bool,
    ) -> Result<Rotation, JournalError> {
        let at = to_trash.then(|| self.now());
        self.store.write(KEEPING, |tables| {
            let kept = any(tables, id)?;
            if kept.trashed != to_trash {
                tables.set_rotation_trashed(id, at)?;
            }
            Ok(kept.rotation)
        })
    }

    /// Puts a rotation back as it was, unless somebody else changed what this session left.
    pub(super) fn put_rotation_back(
        &mut self,
        former: &Rotation,
        left: &Block,
    ) -> Result<Rotation, JournalError> {
        self.store.write(UNDOING, |tables| {
            let present = known(tables, former.id)?.rotation;
            if present.block() != *left {
                let name = present.name;
                return Err(RotationError::ChangedElsewhere { name }.into());
            }
            let again = Rotation {
                revision: next(present.revision),
                ..former.clone()
            };
            tables.set_rotation(&again)?;
            Ok(again)
        })
    }
}

/// The rotation proposed for a reflection of this template and shift date: for one that begins or
/// closes a rotation the one that is offered then, else the one that covers the day; `None` if
/// there is none.
pub(super) fn rotation_on(
    tables: &Tables<'_>,
    template: &TemplateId,
    date: NaiveDate,
) -> Result<Option<String>, StoreError> {
    if [TemplateId::ROTATION_START, TemplateId::ROTATION_CLOSE].contains(template) {
        let mut offered = offers_on(tables, date)?.into_iter();
        if let Some(offer) = offered.find(|offer| offer.template == *template) {
            return Ok(Some(offer.rotation));
        }
    }
    let of_the_day = of_sound(&tables.rotations_in(date, date)?);
    Ok(covering(&of_the_day, date).map(|rotation| rotation.name.clone()))
}

/// What is offered on this day.
pub(super) fn offers_on(tables: &Tables<'_>, date: NaiveDate) -> Result<Vec<Offer>, StoreError> {
    let late = of_sound(&tables.rotations_in(Offer::of_rotations_from(date), date)?);
    if late.is_empty() {
        return Ok(Vec::new());
    }
    let (from, to) = (Offer::looks_back_to(date), Offer::looks_ahead_to(date));
    let written = tables.written_for_rotations(from, to)?;
    Ok(offers(&late, &written, date))
}

fn change(
    tables: &Tables<'_>,
    former: &Rotation,
    block: Block,
) -> Result<(Rotation, Undo), JournalError> {
    let left = block.checked()?;
    let rotation = Rotation {
        id: former.id,
        name: left.name.clone(),
        first: left.first,
        last: left.last,
        revision: next(former.revision),
    };
    tables.set_rotation(&rotation)?;
    let undo = Undo::RotationChanged {
        former: Box::new(former.clone()),
        left: Box::new(left),
    };
    Ok((rotation, undo))
}

/// The rotations that are as they were saved: only those decide anything.
pub(super) fn sound(tables: &Tables<'_>) -> Result<Vec<Rotation>, StoreError> {
    Ok(of_sound(&tables.rotations()?))
}

pub(super) fn of_sound(kept: &[KeptRotation]) -> Vec<Rotation> {
    let sound = kept.iter().filter(|kept| kept.sound);
    sound.map(|kept| kept.rotation.clone()).collect()
}

fn known(tables: &Tables<'_>, id: RotationId) -> Result<KeptRotation, JournalError> {
    let kept = any(tables, id)?;
    if kept.trashed {
        return Err(not_found("rotation", id.short()));
    }
    Ok(kept)
}

/// The rotation of that id, in the trash or not.
fn any(tables: &Tables<'_>, id: RotationId) -> Result<KeptRotation, JournalError> {
    let kept = tables.rotation(id)?;
    kept.ok_or_else(|| not_found("rotation", id.short()))
}
