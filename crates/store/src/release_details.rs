//! What a release tells besides the means: spreads and blocks, to rows and back.

use std::collections::BTreeMap;

use diesel::prelude::*;
use tideline_aggregation::{Block, Details, Interval, ItemTotal, Release, RosterChange, Thirds};
use tideline_domain::{PerScale, Scale};

use crate::{
    StoreError,
    connection::AnyConnection,
    schema::{atoms as atoms_table, block_atoms, block_items, spreads},
    value::{corrupt, count, known, number},
};

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = spreads)]
struct SpreadRow {
    wave: i32,
    atom: i32,
    scale: String,
    low_lo: i32,
    low_hi: i32,
    middle_lo: i32,
    middle_hi: i32,
    high_lo: i32,
    high_hi: i32,
}

impl SpreadRow {
    fn of(wave: i32, atom: usize, scale: Scale, thirds: &Thirds) -> Result<Self, StoreError> {
        let number = |people: u32| number("spreads", people);
        Ok(Self {
            wave,
            atom: crate::value::number("spreads", atom)?,
            scale: scale.code().to_owned(),
            low_lo: number(thirds.low.lo)?,
            low_hi: number(thirds.low.hi)?,
            middle_lo: number(thirds.middle.lo)?,
            middle_hi: number(thirds.middle.hi)?,
            high_lo: number(thirds.high.lo)?,
            high_hi: number(thirds.high.hi)?,
        })
    }

    fn thirds(&self) -> Result<Thirds, StoreError> {
        Ok(Thirds {
            low: interval("spreads", self.low_lo, self.low_hi)?,
            middle: interval("spreads", self.middle_lo, self.middle_hi)?,
            high: interval("spreads", self.high_lo, self.high_hi)?,
        })
    }
}

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = block_items)]
struct ItemRow {
    wave: i32,
    block: i32,
    position: i32,
    item: String,
    n: i32,
    lo: i32,
    hi: i32,
}

fn interval(table: &'static str, lo: i32, hi: i32) -> Result<Interval, StoreError> {
    Ok(Interval { lo: count(table, lo)?, hi: count(table, hi)? })
}

/// How a roster change is stored.
pub(crate) const fn roster_code(change: RosterChange) -> Option<i32> {
    match change {
        RosterChange::Unknown => None,
        RosterChange::Same => Some(0),
        RosterChange::Few => Some(1),
        RosterChange::More => Some(3),
    }
}

/// Writes the details of a release whose atoms are written.
pub(crate) fn insert(
    conn: &mut AnyConnection,
    wave: i32,
    release: &Release,
) -> Result<(), StoreError> {
    let details = release.details();
    for (atom, spread) in details.spreads.iter().enumerate() {
        for (scale, thirds) in spread.iter() {
            if let Some(thirds) = thirds {
                let row = SpreadRow::of(wave, atom, scale, thirds)?;
                diesel::insert_into(spreads::table).values(row).execute(conn)?;
            }
        }
    }
    for (block, of) in details.blocks.iter().enumerate() {
        let place = number("block_atoms", block)?;
        for &atom in &of.atoms {
            let row = (
                block_atoms::wave.eq(wave),
                block_atoms::atom.eq(number("block_atoms", atom)?),
                block_atoms::block.eq(place),
            );
            diesel::insert_into(block_atoms::table).values(row).execute(conn)?;
        }
        for (position, item) in of.items.iter().enumerate() {
            let row = ItemRow {
                wave,
                block: place,
                position: number("block_items", position)?,
                item: item.item.clone(),
                n: number("block_items", item.n)?,
                lo: number("block_items", item.total.lo)?,
                hi: number("block_items", item.total.hi)?,
            };
            diesel::insert_into(block_items::table).values(row).execute(conn)?;
        }
    }
    Ok(())
}

/// Reads the details of a release of so many atoms.
pub(crate) fn read(
    conn: &mut AnyConnection,
    wave: i32,
    atoms: usize,
) -> Result<Details, StoreError> {
    let mut told = vec![PerScale::default(); atoms];
    let rows: Vec<SpreadRow> =
        spreads::table.filter(spreads::wave.eq(wave)).select(SpreadRow::as_select()).load(conn)?;
    for row in rows {
        let scale = known("spreads", Scale::from_code(&row.scale))?;
        let at = usize::try_from(row.atom).map_err(corrupt("spreads"))?;
        let of = known("spreads", told.get_mut(at))?;
        *of.get_mut(scale) = Some(row.thirds()?);
    }
    let mut blocks: BTreeMap<i32, Block> = BTreeMap::new();
    let rows: Vec<(i32, i32)> = block_atoms::table
        .filter(block_atoms::wave.eq(wave))
        .order((block_atoms::block, block_atoms::atom))
        .select((block_atoms::block, block_atoms::atom))
        .load(conn)?;
    for (block, atom) in rows {
        let none = || Block { atoms: Vec::new(), items: Vec::new() };
        let atom = usize::try_from(atom).map_err(corrupt("block_atoms"))?;
        blocks.entry(block).or_insert_with(none).atoms.push(atom);
    }
    let rows: Vec<ItemRow> = block_items::table
        .filter(block_items::wave.eq(wave))
        .order((block_items::block, block_items::position))
        .select(ItemRow::as_select())
        .load(conn)?;
    for row in rows {
        let of = known("block_items", blocks.get_mut(&row.block))?;
        of.items.push(ItemTotal {
            n: count("block_items", row.n)?,
            total: interval("block_items", row.lo, row.hi)?,
            item: row.item,
        });
    }
    let roster = atoms_table::table
        .filter(atoms_table::wave.eq(wave))
        .order(atoms_table::atom)
        .select(atoms_table::roster)
        .load::<Option<i32>>(conn)?
        .into_iter()
        .map(|it| match it {
            None => Ok(RosterChange::Unknown),
            Some(0) => Ok(RosterChange::Same),
            Some(1) => Ok(RosterChange::Few),
            Some(3) => Ok(RosterChange::More),
            Some(_) => Err(corrupt("atoms")("no such roster change")),
        })
        .collect::<Result<Vec<_>, _>>()?;
    let since = atoms_table::table
        .filter(atoms_table::wave.eq(wave))
        .order(atoms_table::atom)
        .select(atoms_table::changed_since_spread)
        .load::<Option<i32>>(conn)?;
    let changed_since_spread = since
        .into_iter()
        .zip(&told)
        .map(|(since, spread)| match since {
            // An earlier version kept no count.
            None => Ok(spread.iter().any(|(_, it)| it.is_some()).then_some(0)),
            Some(it) => count("atoms", it).map(Some),
        })
        .collect::<Result<Vec<_>, _>>()?;
    let blocks = blocks.into_values().collect();
    Ok(Details { spreads: told, blocks, roster, changed_since_spread })
}
