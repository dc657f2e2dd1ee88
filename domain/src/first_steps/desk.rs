//! How far a new installation is.

use crate::actor::Desk;
use crate::company::DEFAULT_NAME;
use crate::error::Result;
use crate::first_steps::FirstSteps;
use crate::role::Act;

impl Desk<'_> {
    /// The first steps, for those who can take them.
    pub async fn first_steps(&self) -> Result<FirstSteps> {
        self.allow(Act::ManageCustomers).await?;
        self.steps().await
    }

    /// Whether the reader is to be led to the first steps: as long as one is left that its role may take.
    pub(crate) async fn has_first_steps(&self) -> Result<bool> {
        let role = self.actor.role;
        if !role.may(Act::ManageCustomers) {
            return Ok(false);
        }
        let steps = self.steps().await?;
        let left = FirstSteps { company: steps.company || !role.may(Act::Administer), ..steps };
        Ok(!left.are_done())
    }

    async fn steps(&self) -> Result<FirstSteps> {
        read!(
            self.reader(),
            One<FirstSteps>,
            "SELECT CASE WHEN EXISTS (SELECT 1 FROM installation i WHERE i.id = 1 AND (i.version > 1 OR i.company <> $1))
                    THEN TRUE ELSE FALSE END AS company,
                CASE WHEN EXISTS (SELECT 1 FROM customer) THEN TRUE ELSE FALSE END AS customer,
                CASE WHEN EXISTS (SELECT 1 FROM location) THEN TRUE ELSE FALSE END AS location,
                CASE WHEN EXISTS (SELECT 1 FROM invitation) THEN TRUE ELSE FALSE END AS invitation,
                (SELECT c.id FROM customer c ORDER BY c.created_at, c.id LIMIT 1) AS first_customer",
            DEFAULT_NAME,
        )
    }
}
