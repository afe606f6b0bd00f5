//! The lab exists so that every figure this project states can be printed again by one command: how well statements
//! are found against gold data, and how fast.
//!
//! It is a development tool. Gold data are other people's and never part of this project; the lab looks for them in a
//! folder of the user's ([`gold_data`]) and says plainly when they are not there. Scoring ([`attribution_score`]) is
//! pure and does not know where its texts came from. The only place that touches the program under test is
//! [`our_reader`].

pub mod article_feed;
pub mod ask_speed;
pub mod attribution_score;
pub mod bundled_case;
pub mod calibration;
pub mod child_cost;
pub mod commands;
pub mod copies;
pub mod coreference;
mod coreference_lessons;
pub mod crash;
pub mod cross_document;
pub mod evidence_fit;
mod feature_columns;
pub mod floor_curve;
pub mod gold_data;
pub mod gum;
mod lesson_files;
pub mod list_alarms;
pub mod measured_page;
pub mod names;
pub mod nesting;
pub mod our_reader;
pub mod record_listing;
pub mod reliability_plot;
pub mod same_claim;
pub mod search_speed;
pub mod sides;
pub mod spacy_speed;
pub mod speakers;
pub mod stage_times;
pub mod stance_score;
pub mod statements;
pub mod suite_page;
pub mod time_score;
pub mod varied;
