//! The statements of a case as a Parquet file, the same columns as the table for spreadsheets, with nulls for what is not
//! known. Nothing in it is ever computed, so no cell is changed.

use super::ExportError;
use super::table::{COLUMNS, StatementRow, WORDS, each_row};
use onrecord_ledger::Case;
use parquet::basic::{Compression, ZstdLevel};
use parquet::data_type::{ByteArray, ByteArrayType, DoubleType, Int64Type};
use parquet::errors::ParquetError;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::{SerializedFileWriter, SerializedRowGroupWriter};
use parquet::schema::parser::parse_message_type;
use std::io::{self, Write};
use std::sync::Arc;

/// Rows that are written together; so many are held in memory.
const GROUP: usize = 20_000;

/// Writes one row a statement; how many documents were gone through.
///
/// # Errors
/// When the case cannot be read or the output cannot be written.
pub fn write_parquet(case: &Case, out: impl Write + Send) -> Result<u64, ExportError> {
    let schema = parse_message_type(&schema()).map_err(failed)?;
    let properties = WriterProperties::builder()
        .set_compression(Compression::ZSTD(ZstdLevel::default()))
        .set_created_by(format!("onrecord {}", crate::VERSION))
        .build();
    let mut file = SerializedFileWriter::new(out, Arc::new(schema), Arc::new(properties)).map_err(failed)?;
    let (mut documents, mut rows) = (0, Vec::with_capacity(GROUP));
    case.each_record(|record| {
        documents += 1;
        each_row(&record, |row| {
            rows.push(row);
            if rows.len() < GROUP { Ok(()) } else { group(&mut file, &mut rows) }
        })
    })?;
    group(&mut file, &mut rows)?;
    file.close().map_err(failed)?;
    Ok(documents)
}

/// The columns as Parquet's own language tells of them.
fn schema() -> String {
    let mut columns = String::new();
    for (at, name) in COLUMNS.iter().enumerate() {
        columns.push_str(&match at {
            0 | 1 => format!("REQUIRED BYTE_ARRAY {name} (STRING); "),
            _ if at < WORDS => format!("OPTIONAL BYTE_ARRAY {name} (STRING); "),
            WORDS => format!("REQUIRED DOUBLE {name}; "),
            _ => format!("OPTIONAL INT64 {name}; "),
        });
    }
    format!("message statement {{ {columns}}}")
}

/// Writes the rows that were gathered, column by column, and forgets them.
fn group<W: Write + Send>(
    file: &mut SerializedFileWriter<W>,
    rows: &mut Vec<StatementRow>,
) -> Result<(), ExportError> {
    if rows.is_empty() {
        return Ok(());
    }
    let mut group = file.next_row_group().map_err(failed)?;
    for at in 0..WORDS {
        words(&mut group, at, rows).map_err(failed)?;
    }
    numbers(&mut group, rows).map_err(failed)?;
    group.close().map_err(failed)?;
    rows.clear();
    Ok(())
}

fn words<W: Write + Send>(
    group: &mut SerializedRowGroupWriter<'_, W>,
    at: usize,
    rows: &[StatementRow],
) -> Result<(), ParquetError> {
    let found = || rows.iter().map(|row| row.words.get(at).and_then(Option::as_deref));
    let values: Vec<ByteArray> = found().flatten().map(ByteArray::from).collect();
    let there: Vec<i16> = found().map(|value| i16::from(value.is_some())).collect();
    let there = (at > 1).then_some(&there[..]);
    let Some(mut column) = group.next_column()? else { return Ok(()) };
    column.typed::<ByteArrayType>().write_batch(&values, there, None)?;
    column.close()
}

fn numbers<W: Write + Send>(
    group: &mut SerializedRowGroupWriter<'_, W>,
    rows: &[StatementRow],
) -> Result<(), ParquetError> {
    if let Some(mut column) = group.next_column()? {
        let values: Vec<f64> = rows.iter().map(|row| row.confidence).collect();
        column.typed::<DoubleType>().write_batch(&values, None, None)?;
        column.close()?;
    }
    let there: Vec<i16> = rows.iter().map(|row| i16::from(row.extent.is_some())).collect();
    let (starts, ends): (Vec<i64>, Vec<i64>) = rows
        .iter()
        .filter_map(|row| row.extent)
        .map(|(start, end)| (i64::from(start), i64::from(end)))
        .unzip();
    for values in [starts, ends] {
        let Some(mut column) = group.next_column()? else { return Ok(()) };
        column.typed::<Int64Type>().write_batch(&values, Some(&there), None)?;
        column.close()?;
    }
    Ok(())
}

/// What goes wrong here is writing: the columns are our own. A closed pipe stays one.
fn failed(error: ParquetError) -> ExportError {
    ExportError::Output(match error {
        ParquetError::External(error) => match error.downcast::<io::Error>() {
            Ok(error) => *error,
            Err(error) => io::Error::other(error),
        },
        error => io::Error::other(error),
    })
}
