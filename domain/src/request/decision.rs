//! Decisions about requests in review. One waits a few seconds in `pending_decision`, where every staff member sees it and its author
//! can take it back; when it is due it takes effect once, with its journal entry and its mail.

use crate::actor::Desk;
use crate::clock::Instant;
use crate::error::{Error, Result};
use crate::field::{self, Problem, Problems, Refusal};
use crate::id::{RequestId, StaffId};
use crate::journal::{By, EventKind, Write};
use crate::request::desk::Head;
use crate::request::{Decision, Move, PendingView, Status, TEXT_LIMIT};
use crate::role::Act;
use crate::system::System;

/// A decision, checked.
struct Checked {
    step: Move,
    reject_reason: Option<String>,
    internal_reason: Option<String>,
    duplicate_of: Option<RequestId>,
}

/// A decision that is due, as it leaves its table.
#[derive(sqlx::FromRow)]
struct DueSql {
    decision: Move,
    staff_id: StaffId,
    reject_reason: Option<String>,
    internal_reason: Option<String>,
    duplicate_of: Option<RequestId>,
}

/// What staff see of a pending decision: columns of a left join, so all of them or none.
#[derive(sqlx::FromRow)]
pub(super) struct PendingSql {
    decision: Option<Move>,
    decided_by: Option<StaffId>,
    decided_by_name: Option<String>,
    due_at: Option<Instant>,
}

impl PendingSql {
    pub fn view(self, viewer: StaffId, now: Instant) -> Option<PendingView> {
        let left = self.due_at?.micros() - now.micros();
        Some(PendingView {
            decision: self.decision?.to_string(),
            staff_name: self.decided_by_name?,
            own: self.decided_by? == viewer,
            // Rounded up: while a second shows, the decision can still be taken back.
            seconds_left: (left.max(0) + 999_999) / 1_000_000,
        })
    }
}

impl Desk<'_> {
    /// Decides about a request in review. It takes effect after the seconds in which it can be taken back; with none, at once.
    ///
    /// # Errors
    /// Problems of `reject_reason`, `internal_reason` and `duplicate_of`, which must number another request at the same location;
    /// [`Error::Conflict`] when the request changed meanwhile, is not in review or has a decision already; [`Error::Forbidden`].
    pub async fn decide(&self, request: RequestId, version: i64, decision: Decision<'_>) -> Result<()> {
        let mut w = self.begin(Act::Decide).await?;
        let head = Head::read(&mut w, request).await?;
        let checked = Checked::parse(&mut w, &head, decision).await?;
        head.status.after(checked.step).ok_or(Error::Conflict)?;
        let swapped = change!(
            w,
            "UPDATE request SET version = version + 1 WHERE id = $1 AND version = $2 AND status = $3",
            request,
            version,
            head.status,
        )?;
        Error::unless_swapped(swapped)?;
        let undo = self.db.settings().undo;
        let inserted = change!(
            w,
            "INSERT INTO pending_decision (request_id, decision, staff_id, reject_reason, internal_reason, duplicate_of, due_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7)
             ON CONFLICT DO NOTHING",
            request,
            checked.step,
            self.actor.staff,
            checked.reject_reason.as_deref(),
            checked.internal_reason.as_deref(),
            checked.duplicate_of,
            w.now.plus(undo),
        )?;
        Error::unless_swapped(inserted)?;
        let mut made = head.event(EventKind::DecisionMade);
        made.details = checked.step.to_string();
        w.record(self.by(), made);
        if undo <= 0 {
            apply_due(&mut w, request).await?;
        }
        w.commit().await
    }

    /// Takes the viewer's own decision back, before it is due.
    ///
    /// # Errors
    /// A refusal when there is none of the viewer's any more; [`Error::Forbidden`].
    pub async fn undo_decision(&self, request: RequestId) -> Result<()> {
        let mut w = self.begin(Act::Decide).await?;
        let head = Head::read(&mut w, request).await?;
        let undone = change!(
            w,
            "DELETE FROM pending_decision WHERE request_id = $1 AND staff_id = $2 AND due_at > $3",
            request,
            self.actor.staff,
            w.now,
        )?;
        if undone == 0 {
            return Err(Error::refused(Refusal::NotUndone));
        }
        w.record(self.by(), head.event(EventKind::DecisionUndone));
        w.commit().await
    }
}

impl Checked {
    async fn parse(w: &mut Write<'_>, head: &Head, decision: Decision<'_>) -> Result<Self> {
        let Decision::Reject { public, internal, duplicate_of } = decision else {
            return Ok(Self { step: Move::Accept, reject_reason: None, internal_reason: None, duplicate_of: None });
        };
        let mut problems = Problems::default();
        let reject_reason = problems.take("reject_reason", field::lines(public, 1, TEXT_LIMIT));
        let internal_reason = problems.take("internal_reason", field::lines(internal, 1, TEXT_LIMIT));
        let number = duplicate_of.trim().to_uppercase();
        let original = within!(
            w,
            Option<(RequestId,)>,
            "SELECT id FROM request WHERE number = $1 AND location_id = $2 AND id <> $3",
            number.as_str(),
            head.location_id,
            head.id,
        )?;
        if original.is_none() && !number.is_empty() {
            problems.add("duplicate_of", Problem::NotAChoice);
        }
        problems.check()?;
        Ok(Self { step: Move::Reject, reject_reason, internal_reason, duplicate_of: original.map(|(id,)| id) })
    }
}

impl System {
    /// Applies every decision that is due, each in its own transaction, and gives how many took effect. One that fails is logged and
    /// tried again next time; it does not hold up the others.
    pub async fn run_due_decisions(&self) -> Result<usize> {
        let due = read!(
            self.db.main_reader(),
            Vec<(RequestId,)>,
            "SELECT request_id FROM pending_decision WHERE due_at <= $1 ORDER BY due_at, request_id LIMIT 100",
            self.db.now(),
        )?;
        let mut applied = 0;
        for (request,) in due {
            match self.run_decision(request).await {
                Ok(took_effect) => applied += usize::from(took_effect),
                Err(error) => tracing::error!(%request, %error, "a decision could not be applied"),
            }
        }
        Ok(applied)
    }

    async fn run_decision(&self, request: RequestId) -> Result<bool> {
        let mut w = self.db.write().await?;
        let took_effect = apply_due(&mut w, request).await?;
        w.commit().await?;
        Ok(took_effect)
    }
}

/// Applies a request's decision if it is due. Gives `false` when there is none any more, or when the request has left review meanwhile:
/// then the decision is dropped.
async fn apply_due(w: &mut Write<'_>, request: RequestId) -> Result<bool> {
    // The request's row first, as every act takes it: they queue up here instead of blocking each other.
    change!(w, "UPDATE request SET version = version + 1 WHERE id = $1", request)?;
    let due = within!(
        w,
        Option<DueSql>,
        "DELETE FROM pending_decision WHERE request_id = $1 AND due_at <= $2
         RETURNING decision, staff_id, reject_reason, internal_reason, duplicate_of",
        request,
        w.now,
    )?;
    let Some(due) = due else { return Ok(false) };
    let head = Head::read(w, request).await?;
    let Some(to) = head.status.after(due.decision) else { return Ok(false) };
    let rejected = to == Status::Rejected;
    let kind = if rejected { EventKind::RequestRejected } else { EventKind::RequestAccepted };
    let swapped = change!(
        w,
        "UPDATE request SET status = $3, question_open = FALSE, reject_reason = $4, internal_reason = $5, duplicate_of = $6,
            public_note = NULL, snoozed_until = NULL, decided_at = $7, closed_at = $8, updated_at = $7
         WHERE id = $1 AND status = $2",
        request,
        head.status,
        to,
        due.reject_reason.as_deref(),
        due.internal_reason.as_deref(),
        due.duplicate_of,
        w.now,
        rejected.then_some(w.now),
    )?;
    Error::unless_swapped(swapped)?;
    w.record(By::Staff(due.staff_id), head.event(kind));
    Ok(true)
}

/// Drops a pending decision of a request that ends otherwise.
pub(super) async fn drop_pending(w: &mut Write<'_>, request: RequestId) -> Result<()> {
    change!(w, "DELETE FROM pending_decision WHERE request_id = $1", request)?;
    Ok(())
}
