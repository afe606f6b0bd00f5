//! Weights and CPU inference.
