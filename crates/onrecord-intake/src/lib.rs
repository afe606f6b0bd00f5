//! Bytes become a document: text, metadata and the map back to the bytes.
