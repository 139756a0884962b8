//! What can be done about people and their access: a function per verb, one transaction each.

mod account;
mod codes;
mod people;
mod sign_in;

pub use self::account::{
    close_other_sessions, close_session, set_details, set_password, set_up_second_factor, sign_out,
};
pub use self::codes::{CODE_MINUTES, send_code, with_code};
pub use self::people::{
    Details, add_person, appoint, change_person, dismiss, invite, leave, reset_second_factor, retry_job,
    set_roles,
};
pub use self::sign_in::{
    Opened, Place, as_person, give_second_factor, resume, with_invitation, with_password,
};
