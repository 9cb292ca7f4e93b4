//! The mail server that an administrator named on the pages.
//!
//! What says nothing else fails with [`StoreError`] if the database does, and with nothing else.

use diesel::prelude::*;

use crate::{AuditEntry, Store, StoreError, audit::append, schema::mail_server};

/// The mail server as it is kept.
#[derive(Clone, PartialEq, Eq, Queryable, Insertable)]
#[diesel(table_name = mail_server)]
pub struct StoredMailServer {
    /// Its URL, sealed under the key file; what is inside is not for this crate.
    pub sealed_url: Vec<u8>,
    /// The sender of mails.
    pub sender: String,
    /// Who reads replies, if not the sender.
    pub reply_to: Option<String>,
}

impl Store {
    /// The mail server, if one was named.
    pub fn mail_server(&self) -> Result<Option<StoredMailServer>, StoreError> {
        self.read(|conn| {
            Ok(mail_server::table
                .select((mail_server::sealed_url, mail_server::sender, mail_server::reply_to))
                .first(conn)
                .optional()?)
        })
    }

    /// Keeps `server` instead of the one there was, or none, and `entry` about it; both or neither.
    pub fn set_mail_server(
        &self,
        server: Option<&StoredMailServer>,
        entry: &AuditEntry,
    ) -> Result<(), StoreError> {
        self.write("set_mail_server", |conn| {
            diesel::delete(mail_server::table).execute(conn)?;
            if let Some(it) = server {
                diesel::insert_into(mail_server::table)
                    .values((
                        mail_server::id.eq(1),
                        mail_server::sealed_url.eq(&it.sealed_url),
                        mail_server::sender.eq(&it.sender),
                        mail_server::reply_to.eq(&it.reply_to),
                    ))
                    .execute(conn)?;
            }
            append(conn, std::slice::from_ref(entry))
        })
    }
}
