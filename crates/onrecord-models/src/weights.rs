//! Weight files: safetensors with a few conventions of ours.
//!
//! A file is made by a program under `training/` and read-only here. Tensors are `F32`, or `I8` rows with a tensor
//! `NAME.scale` of one `F32` a row; the vocabulary is a `U8` tensor of UTF-8 text; plain facts (dilations, floors)
//! stand in the file's metadata.

use archmage::prelude::*;
use safetensors::{Dtype, SafeTensors};
use std::collections::HashMap;

/// Why a weight file cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ModelError {
    /// The file is no safetensors file, or a damaged one.
    #[error("the weight file cannot be read: {0}")]
    Unreadable(String),
    /// A tensor is absent, or has another type or size than the network needs.
    #[error("the weight file does not fit this program: {0}")]
    Unfit(String),
    /// No model goes by this name.
    #[error("there is no model \"{0}\"; the models are: fast, accurate, thorough")]
    UnknownName(String),
}

/// The tensors and facts of one weight file.
pub(crate) struct Weights<'b> {
    tensors: SafeTensors<'b>,
    facts: HashMap<String, String>,
}

impl<'b> Weights<'b> {
    /// Opens a weight file.
    pub(crate) fn new(bytes: &'b [u8]) -> Result<Self, ModelError> {
        let unreadable = |error: safetensors::SafeTensorError| ModelError::Unreadable(error.to_string());
        let (_, metadata) = SafeTensors::read_metadata(bytes).map_err(unreadable)?;
        let facts = metadata.metadata().clone().unwrap_or_default();
        Ok(Weights { tensors: SafeTensors::deserialize(bytes).map_err(unreadable)?, facts })
    }

    /// A fact of the metadata, parsed.
    pub(crate) fn fact<T: std::str::FromStr>(&self, name: &str) -> Result<T, ModelError> {
        let text = self.facts.get(name).ok_or_else(|| ModelError::Unfit(format!("no fact \"{name}\"")))?;
        text.parse().map_err(|_| ModelError::Unfit(format!("the fact \"{name}\" is \"{text}\"")))
    }

    /// Whether the metadata have a fact.
    pub(crate) fn has_fact(&self, name: &str) -> bool {
        self.facts.contains_key(name)
    }

    /// Whether there is a tensor of this name.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.tensors.tensor(name).is_ok()
    }

    /// A list of numbers of the metadata, written with commas.
    pub(crate) fn numbers(&self, name: &str) -> Result<Vec<usize>, ModelError> {
        let text: String = self.fact(name)?;
        let parsed: Result<Vec<usize>, _> = text.split(',').map(str::parse).collect();
        parsed.map_err(|_| ModelError::Unfit(format!("the fact \"{name}\" is \"{text}\"")))
    }

    /// A matrix, row by row; a vector is a matrix of one row.
    pub(crate) fn matrix(&self, name: &str) -> Result<Matrix, ModelError> {
        let view =
            self.tensors.tensor(name).map_err(|_| ModelError::Unfit(format!("no tensor \"{name}\"")))?;
        let (rows, columns) = match *view.shape() {
            [columns] => (1, columns),
            [rows, columns] => (rows, columns),
            _ => {
                return Err(ModelError::Unfit(format!("the tensor \"{name}\" is neither vector nor matrix")));
            }
        };
        if view.dtype() != Dtype::F32 {
            return Err(ModelError::Unfit(format!("the tensor \"{name}\" is not of 32-bit floats")));
        }
        let values = view.data().as_chunks::<4>().0.iter().map(|four| f32::from_le_bytes(*four)).collect();
        Ok(Matrix { rows, columns, values })
    }

    /// A matrix of the given size.
    pub(crate) fn sized(&self, name: &str, rows: usize, columns: usize) -> Result<Matrix, ModelError> {
        let matrix = self.matrix(name)?;
        if (matrix.rows, matrix.columns) != (rows, columns) {
            let found = format!("{} × {}", matrix.rows, matrix.columns);
            return Err(ModelError::Unfit(format!(
                "the tensor \"{name}\" is {found}, not {rows} × {columns}"
            )));
        }
        Ok(matrix)
    }

    /// Rows of signed bytes with their scales.
    pub(crate) fn byte_rows(&self, name: &str) -> Result<ByteRows, ModelError> {
        let view =
            self.tensors.tensor(name).map_err(|_| ModelError::Unfit(format!("no tensor \"{name}\"")))?;
        let scale = self.matrix(&format!("{name}.scale"))?;
        match *view.shape() {
            [rows, columns] if view.dtype() == Dtype::I8 && scale.values.len() == rows => {
                let values = view.data().iter().map(|byte| byte.cast_signed()).collect();
                Ok(ByteRows { columns, values, scale: scale.values })
            }
            _ => Err(ModelError::Unfit(format!(
                "the tensor \"{name}\" is not rows of bytes with their scales"
            ))),
        }
    }

    /// Rows of bytes of the given size.
    pub(crate) fn rounded(&self, name: &str, rows: usize, columns: usize) -> Result<ByteRows, ModelError> {
        let found = self.byte_rows(name)?;
        if (found.scale.len(), found.columns) != (rows, columns) {
            return Err(ModelError::Unfit(format!("the tensor \"{name}\" is not {rows} × {columns}")));
        }
        Ok(found)
    }

    /// Rows of bytes for inputs that a norm has brought to a spread of 1, the norm's own weights among them, and for
    /// each of the `parts` of a row what the norm's bias adds to each output.
    pub(crate) fn folded(
        &self,
        name: &str,
        outputs: usize,
        width: usize,
        parts: usize,
    ) -> Result<(ByteRows, Vec<Vec<f32>>), ModelError> {
        let moved = self.sized(&format!("{name}.moved"), parts, outputs)?;
        let moved = moved.values.chunks_exact(outputs.max(1)).map(<[f32]>::to_vec).collect();
        Ok((self.rounded(name, outputs, parts * width)?, moved))
    }

    /// A text.
    pub(crate) fn text(&self, name: &str) -> Result<&'b str, ModelError> {
        let view =
            self.tensors.tensor(name).map_err(|_| ModelError::Unfit(format!("no tensor \"{name}\"")))?;
        std::str::from_utf8(view.data())
            .map_err(|_| ModelError::Unfit(format!("the tensor \"{name}\" is no text")))
    }
}

/// Numbers in rows, one row after another.
#[derive(Debug, Clone)]
pub(crate) struct Matrix {
    pub(crate) rows: usize,
    pub(crate) columns: usize,
    pub(crate) values: Vec<f32>,
}

impl Matrix {
    /// One row; the last for a number behind it.
    pub(crate) fn row(&self, i: usize) -> &[f32] {
        let from = i.min(self.rows.saturating_sub(1)) * self.columns;
        &self.values[from..from + self.columns]
    }
}

/// A matrix kept as bytes, each row with its own scale.
#[derive(Debug)]
pub(crate) struct ByteRows {
    pub(crate) columns: usize,
    pub(crate) values: Vec<i8>,
    pub(crate) scale: Vec<f32>,
}

impl ByteRows {
    /// Adds `weight` times row `i` to `out`; a number behind the last row adds nothing.
    pub(crate) fn add_row(&self, i: usize, weight: f32, out: &mut [f32]) {
        let from = i * self.columns;
        if let (Some(row), Some(scale)) = (self.values.get(from..from + self.columns), self.scale.get(i)) {
            let by = scale * weight;
            add_bytes(out, row, by);
        }
    }
}

#[autoversion(v4, v3, neon, scalar)]
fn add_bytes(out: &mut [f32], row: &[i8], by: f32) {
    out.iter_mut().zip(row).for_each(|(out, value)| *out += f32::from(*value) * by);
}
