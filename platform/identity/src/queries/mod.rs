//! All of identity's SQL, and no other domain's tables.

mod access;
mod people;
mod sessions;

pub use self::access::{
    NewCode, change_code, code, count, delete_code, delete_invitations, insert_code, insert_device,
    insert_invitation, invited, is_device, purge, uncount,
};
pub use self::people::{
    Appointed, add_appointment, appointments, appointments_for_update, cast, end_appointment,
    has_lasting_holder, held, insert_person, names, officers, people, person, person_for_update, role_exists,
    roles, save_role, update_person, with_email,
};
pub use self::sessions::{
    Session, close, close_others, close_with_token, insert_session, resume, seen, sessions,
};
