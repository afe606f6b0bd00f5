//! Leaving out what the program is not sure enough of.

use crate::Record;
use onrecord_record::StatementId;
use std::collections::{BTreeMap, BTreeSet};

impl Record {
    /// Leaves out the statements whose confidence is below `floor`, 0 to 1.
    ///
    /// Agents and their mentions stay, also those of whom no statement is left: that they are named is not what was
    /// unsure. A statement inside one that goes is held by the next one around it that stays, by none (`null`) where
    /// there is no such; `responds_to`, `retracts` and the silences lose the ids of what goes.
    pub fn leave_out_unsure(&mut self, floor: f32) {
        let statements = &mut self.reading.statements;
        let gone: BTreeMap<StatementId, Option<StatementId>> = statements
            .iter()
            .filter(|statement| statement.confidence < floor)
            .map(|statement| (statement.id.clone(), statement.within.clone()))
            .collect();
        if gone.is_empty() {
            return;
        }
        statements.retain(|statement| !gone.contains_key(&statement.id));
        for statement in statements {
            // Each that goes is passed once, so that statements said to hold each other are survived.
            let mut passed = BTreeSet::new();
            while let Some((id, around)) = statement.within.as_ref().and_then(|id| gone.get_key_value(id)) {
                statement.within = if passed.insert(id) { around.clone() } else { None };
            }
            statement.responds_to.retain(|id| !gone.contains_key(id));
            statement.retracts.retain(|id| !gone.contains_key(id));
        }
        for silence in &mut self.reading.silences {
            silence.statements.retain(|id| !gone.contains_key(id));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample;

    fn kept(floor: f32) -> Record {
        let mut record = sample::record();
        record.leave_out_unsure(floor);
        record
    }

    #[test]
    fn what_is_as_sure_as_the_floor_stays() {
        let all = sample::record().reading.statements.len();
        assert_eq!(kept(0.0), sample::record());
        let surer = kept(0.7);
        assert_eq!(surer.reading.statements.len(), all - 2, "0.41 and 0.3 go, 0.7 stays");
        assert!(surer.reading.statements.iter().all(|statement| statement.confidence >= 0.7));
        assert_eq!(surer.reading.agents, sample::record().reading.agents);
        assert!(kept(1.0).reading.statements.is_empty());
    }

    #[test]
    fn a_statement_outlives_the_one_around_it() {
        let mut record = sample::record();
        let inner = record.reading.statements.iter().position(|it| it.within.is_some()).unwrap();
        let outer = record.reading.statements.iter().position(|it| it.confidence == 0.9).unwrap();
        let outermost = record.reading.statements[0].id.clone();
        record.reading.statements[outer].confidence = 0.2;
        record.reading.statements[0].responds_to = vec![record.reading.statements[outer].id.clone()];
        let inner_id = record.reading.statements[inner].id.clone();
        let find = |record: &Record| {
            record.reading.statements.iter().find(|it| it.id == inner_id).unwrap().within.clone()
        };

        let mut alone = sample::record();
        alone.reading.statements = record.reading.statements.clone();
        alone.leave_out_unsure(0.25);
        assert_eq!(find(&alone), None);
        assert!(alone.reading.statements[0].responds_to.is_empty());

        record.reading.statements[outer].within = Some(outermost.clone());
        record.leave_out_unsure(0.25);
        assert_eq!(find(&record), Some(outermost));
    }

    #[test]
    fn a_silence_outlives_what_it_concerns() {
        let mut record = sample::rich::record();
        assert!(!record.reading.silences[0].statements.is_empty());
        record.leave_out_unsure(1.0);
        assert_eq!(record.reading.silences.len(), sample::rich::record().reading.silences.len());
        assert!(record.reading.silences.iter().all(|silence| silence.statements.is_empty()));
    }

    #[test]
    fn statements_that_hold_each_other_are_survived() {
        let mut record = sample::record();
        let ids: Vec<StatementId> = record.reading.statements.iter().map(|it| it.id.clone()).collect();
        for (i, statement) in record.reading.statements.iter_mut().enumerate() {
            statement.confidence = if i == 0 { 0.9 } else { 0.1 };
            statement.within = Some(ids[if i == 1 { 2 } else { 1 }].clone());
        }
        record.leave_out_unsure(0.5);
        assert_eq!(record.reading.statements.len(), 1);
        assert_eq!(record.reading.statements[0].within, None);
    }
}
