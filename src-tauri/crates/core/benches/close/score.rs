//! The measures: what of many closes was foreseen, and how rightly.

/// What was measured of many closes.
#[derive(Default, Clone)]
pub struct Score {
    /// Of the looks at 0, 25, 50 and 75 % of the close: those whose band held, of all.
    pub held: [(usize, usize); 4],
    /// Closes that made it: those with an alarm, of all.
    pub false_alarms: (usize, usize),
    /// Closes that missed it: those that were alarmed before the cut-off, of all.
    pub alarmed: (usize, usize),
    /// Minutes from the alarm to the cut-off, of the misses.
    pub leads: Vec<f64>,
    /// For each chance that was said, in steps of five percent: how often, and how often it came true.
    pub said: [(usize, usize); 21],
}

impl Score {
    /// The score of two parts.
    pub fn and(mut self, other: &Self) -> Self {
        let add = |a: &mut (usize, usize), b: (usize, usize)| *a = (a.0 + b.0, a.1 + b.1);
        for (a, b) in self.held.iter_mut().zip(other.held) {
            add(a, b);
        }
        for (a, b) in self.said.iter_mut().zip(other.said) {
            add(a, b);
        }
        add(&mut self.false_alarms, other.false_alarms);
        add(&mut self.alarmed, other.alarmed);
        self.leads.extend(&other.leads);
        self
    }

    /// Takes in whether the band at a quarter of the close held.
    pub fn looked(&mut self, quarter: usize, held: bool) {
        self.held[quarter].0 += usize::from(held);
        self.held[quarter].1 += 1;
    }

    /// Takes in how a close ended, and when it was alarmed, in minutes before its cut-off.
    pub fn ended(&mut self, made_it: bool, alarm: Option<f64>) {
        let count = if made_it {
            &mut self.false_alarms
        } else {
            &mut self.alarmed
        };
        count.0 += usize::from(alarm.is_some());
        count.1 += 1;
        if !made_it {
            self.leads.extend(alarm);
        }
    }

    /// Takes in a chance that was said, and whether it came true.
    pub fn said(&mut self, chance: f64, came_true: bool) {
        let step = (chance * 20.0).round() as usize;
        self.said[step].0 += 1;
        self.said[step].1 += usize::from(came_true);
    }

    /// By how much the said chances are off, on average.
    pub fn calibration_error(&self) -> f64 {
        let all: usize = self.said.iter().map(|(said, _)| said).sum();
        let off = |(step, (said, came)): (usize, &(usize, usize))| {
            (*came as f64 - *said as f64 * step as f64 / 20.0).abs()
        };
        self.said.iter().enumerate().map(off).sum::<f64>() / all as f64
    }

    /// The middle lead, in minutes.
    pub fn median_lead(&self) -> f64 {
        let mut leads = self.leads.clone();
        leads.sort_by(f64::total_cmp);
        leads.get(leads.len() / 2).copied().unwrap_or(f64::NAN)
    }

    /// One row of the table.
    pub fn row(&self, name: &str) -> String {
        let share = |(a, b): (usize, usize)| format!("{:.0} %", 100.0 * a as f64 / b as f64);
        let held = self.held.map(share).join(", ");
        format!(
            "| {name} | {held} | {} | {} | {:.0} min | {:.2} |",
            share(self.false_alarms),
            share(self.alarmed),
            self.median_lead(),
            self.calibration_error(),
        )
    }
}
