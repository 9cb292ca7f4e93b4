//! Tables, as the types that both databases share. UUIDs are text, times are UTC.
//!
//! What each column is for and how long it is kept: `docs/data-register.toml`.

diesel::table! { installation (id) { id -> Integer, name -> Text, } }

diesel::table! { organisation (id) { id -> Integer, name -> Text, time_zone -> Text, } }

diesel::table! {
    support_contacts (position) {
        position -> Integer,
        title -> Text,
        phone -> Nullable<Text>,
        link -> Nullable<Text>,
        note -> Text,
        checked -> Date,
        country -> Nullable<Text>,
    }
}

diesel::table! { unit_countries (unit) { unit -> Text, country -> Text, } }

diesel::table! { roster_headings (heading) { heading -> Text, meaning -> Text, } }

diesel::table! { units (id) { id -> Text, created -> Date, } }

diesel::table! {
    unit_placements (unit, valid_from) {
        unit -> Text,
        parent -> Nullable<Text>,
        name -> Text,
        position -> Integer,
        valid_from -> Date,
        valid_to -> Nullable<Date>,
    }
}

diesel::table! { people (id) { id -> Text, name -> Text, email -> Text, } }

diesel::table! {
    memberships (person, valid_from) {
        person -> Text,
        unit -> Text,
        valid_from -> Date,
        valid_to -> Nullable<Date>,
    }
}

diesel::table! { roles (person, role) { person -> Text, role -> Text, unit -> Nullable<Text>, } }

diesel::table! { password_hashes (person) { person -> Text, hash -> Text, } }

diesel::table! {
    sign_in_codes (hash) { hash -> Binary, person -> Text, expires -> Timestamp, target -> Text, }
}

diesel::table! {
    sessions (hash) { hash -> Binary, person -> Text, expires -> Timestamp, device -> Text, }
}

diesel::table! {
    identities (issuer, subject) { issuer -> Text, subject -> Text, person -> Text, }
}

diesel::table! {
    passkeys (id) { id -> Binary, person -> Text, name -> Text, credential -> Text, }
}

diesel::table! { passkey_counters (passkey) { passkey -> Binary, count -> BigInt, } }

diesel::table! {
    passkey_changes (key) { key -> Binary, person -> Text, action -> Text, hour -> Timestamp, }
}

diesel::table! { spent_challenges (hash) { hash -> Binary, expires -> Timestamp, } }

diesel::table! { ended_identities (hash) { hash -> Binary, person -> Text, } }

diesel::table! {
    smallest_group_changes (seq) {
        seq -> Integer,
        at -> Timestamp,
        before -> Integer,
        k -> Integer,
        effective -> Timestamp,
        reason -> Text,
    }
}

diesel::table! {
    notices (event, wave, hook) {
        event -> Text,
        wave -> Integer,
        hook -> Text,
        state -> Text,
        attempts -> Integer,
        retry_at -> Nullable<Timestamp>,
        claimed_until -> Nullable<Timestamp>,
    }
}

diesel::table! {
    waves (seq) {
        seq -> Integer,
        label -> Text,
        pickup_from -> Timestamp,
        opens -> Timestamp,
        closes -> Timestamp,
        manifest -> Binary,
        instrument -> Text,
        questionnaire -> Nullable<Text>,
    }
}

diesel::table! {
    wave_units (wave, unit) {
        wave -> Integer,
        unit -> Text,
        parent -> Nullable<Text>,
        name -> Text,
        position -> Integer,
    }
}

diesel::table! {
    cohorts (wave, cohort) {
        wave -> Integer,
        cohort -> Text,
        position -> Integer,
        label -> Text,
        eligible -> Integer,
    }
}

diesel::table! {
    cohort_units (wave, unit) { wave -> Integer, unit -> Text, cohort -> Text, }
}

diesel::table! {
    wave_placements (wave, person) {
        wave -> Integer,
        person -> Text,
        unit -> Text,
        cohort -> Text,
    }
}

diesel::table! {
    pickups (wave, holder) { wave -> Integer, holder -> Binary, blinded -> Binary, device -> Nullable<Binary>, }
}

diesel::table! { recoveries (holder) { holder -> Binary, root -> Binary, copies -> Binary, } }

diesel::table! {
    issuance (wave, person) { wave -> Integer, person -> Text, blinded -> Binary, }
}

diesel::table! {
    releases (wave) {
        wave -> Integer,
        k -> Integer,
        sd_burnout -> Double,
        sd_sts -> Double,
        sd_cs -> Double,
        eligible -> Integer,
        ballots -> Integer,
        spoilt -> Integer,
        issued -> Integer,
        digest -> Binary,
    }
}

diesel::table! {
    atoms (wave, atom) {
        wave -> Integer,
        atom -> Integer,
        n_burnout -> Integer,
        lo_burnout -> Integer,
        hi_burnout -> Integer,
        n_sts -> Integer,
        lo_sts -> Integer,
        hi_sts -> Integer,
        n_cs -> Integer,
        lo_cs -> Integer,
        hi_cs -> Integer,
        took_part -> Integer,
        roster -> Nullable<Integer>,
        asked -> Nullable<Integer>,
        changed_since_spread -> Nullable<Integer>,
    }
}

diesel::table! { atom_units (wave, unit) { wave -> Integer, unit -> Text, atom -> Integer, } }

diesel::table! {
    spreads (wave, atom, scale) {
        wave -> Integer,
        atom -> Integer,
        scale -> Text,
        low_lo -> Integer,
        low_hi -> Integer,
        middle_lo -> Integer,
        middle_hi -> Integer,
        high_lo -> Integer,
        high_hi -> Integer,
    }
}

diesel::table! { block_atoms (wave, atom) { wave -> Integer, atom -> Integer, block -> Integer, } }

diesel::table! {
    block_items (wave, block, position) {
        wave -> Integer,
        block -> Integer,
        position -> Integer,
        item -> Text,
        n -> Integer,
        lo -> Integer,
        hi -> Integer,
    }
}

diesel::table! {
    deliveries (id) {
        id -> Text,
        kind -> Text,
        topic -> Text,
        wave -> Nullable<Integer>,
        recipient -> Text,
        due -> Timestamp,
        state -> Text,
        attempts -> Integer,
        claimed_until -> Nullable<Timestamp>,
        retry_at -> Nullable<Timestamp>,
        sent_at -> Nullable<Timestamp>,
        reason -> Nullable<Text>,
    }
}

diesel::table! {
    mail_choices (person, kind) {
        person -> Text,
        kind -> Text,
        choice -> Text,
    }
}

diesel::table! {
    mail_server (id) {
        id -> Integer,
        sealed_url -> Binary,
        sender -> Text,
        reply_to -> Nullable<Text>,
    }
}

diesel::table! {
    jobs (kind, due) {
        kind -> Text,
        due -> Timestamp,
        state -> Text,
        attempts -> Integer,
        claimed_until -> Nullable<Timestamp>,
        retry_at -> Nullable<Timestamp>,
        done_at -> Nullable<Timestamp>,
        reason -> Nullable<Text>,
    }
}

diesel::table! {
    lever_plans (id) {
        id -> Text,
        unit -> Text,
        lever -> Text,
        status -> Text,
        reach -> Text,
        owner -> Text,
        started -> Date,
        review -> Date,
        note -> Text,
    }
}

diesel::table! {
    instrument_texts (instrument, language) {
        instrument -> Text,
        language -> Text,
        licence -> Text,
        texts -> Text,
        added -> Date,
    }
}

diesel::table! {
    imported_scores (instrument, label, unit, scale) {
        instrument -> Text,
        label -> Text,
        unit -> Text,
        scale -> Text,
        n -> Integer,
        lo -> Integer,
        hi -> Integer,
    }
}

diesel::table! {
    lever_history (plan, version) {
        plan -> Text,
        version -> Integer,
        status -> Text,
        reach -> Text,
        owner -> Text,
        started -> Date,
        review -> Date,
        note -> Text,
        changed_by -> Nullable<Text>,
        changed_at -> Timestamp,
    }
}

diesel::table! {
    audit_log (seq) {
        seq -> Integer,
        at -> Timestamp,
        actor -> Nullable<Text>,
        action -> Text,
        subject -> Text,
        prev -> Binary,
        hash -> Binary,
        role -> Nullable<Text>,
    }
}

diesel::allow_tables_to_appear_in_same_query!(
    people,
    memberships,
    roles,
    wave_units,
    cohort_units,
    atom_units,
    waves,
    releases,
    wave_placements,
    deliveries,
    identities,
    audit_log,
    sessions,
    sign_in_codes,
    password_hashes,
    passkeys,
    passkey_counters,
);
