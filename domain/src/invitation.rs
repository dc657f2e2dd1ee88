//! Invitations: the only way in. The link's token is hashed, expires, works once, and opening the link changes nothing.

use serde::{Deserialize, Serialize};

use crate::when::Stamp;

#[cfg(feature = "ssr")]
pub mod anonymous;
#[cfg(feature = "ssr")]
pub mod desk;

closed_set! {
    pub enum InvitationState { Pending = "pending", Accepted = "accepted", Expired = "expired", Revoked = "revoked" }
}

/// The state of the invitation `i` at the instant `$1`, in SQL; NULL without one.
#[cfg(feature = "ssr")]
macro_rules! invitation_state {
    () => {
        "CASE WHEN i.id IS NULL THEN NULL WHEN i.accepted_at IS NOT NULL THEN 'accepted' WHEN i.revoked_at IS NOT NULL THEN 'revoked'
            WHEN i.expires_at <= $1 THEN 'expired' ELSE 'pending' END"
    };
}
#[cfg(feature = "ssr")]
pub(crate) use invitation_state;

/// Joins a contact `c` with its newest invitation `i`, in SQL. At most one is not revoked, and that one is the newest.
#[cfg(feature = "ssr")]
macro_rules! join_newest_invitation {
    () => {
        "LEFT JOIN invitation i ON i.id = (SELECT n.id FROM invitation n WHERE n.contact_id = c.id
            ORDER BY n.created_at DESC, CASE WHEN n.revoked_at IS NULL THEN 0 ELSE 1 END, n.id LIMIT 1)"
    };
}
#[cfg(feature = "ssr")]
pub(crate) use join_newest_invitation;

/// What somebody with a good link is told before accepting.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct InvitationView {
    pub company: String,
    pub name: String,
    pub email: String,
    /// Who invited, and for which customer.
    pub invited_by: String,
    pub customer_name: String,
    /// Names of the locations, or none when all are meant.
    pub locations: Vec<String>,
    pub expires: Stamp,
}
