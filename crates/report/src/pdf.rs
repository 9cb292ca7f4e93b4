//! The monthly report as PDF.
