//! Where the window was.

use runwatch_core::window_place::{Size, WindowPlace, WindowPlaces};
use serde::{Deserialize, Serialize};

use super::Stored;

#[derive(Serialize, Deserialize)]
pub struct WindowPlaceForm {
    screens: String,
    x: i32,
    y: i32,
    width: u32,
    height: u32,
    maximized: bool,
}

impl Stored for WindowPlaces {
    type Form = Vec<WindowPlaceForm>;

    fn to_form(&self) -> Self::Form {
        let places = self.all().iter();
        places
            .map(|(screens, place)| WindowPlaceForm {
                screens: screens.clone(),
                x: place.x,
                y: place.y,
                width: place.size.width,
                height: place.size.height,
                maximized: place.is_maximized,
            })
            .collect()
    }

    fn from_form(form: Self::Form) -> rusqlite::Result<Self> {
        let place = |form: WindowPlaceForm| {
            let size = Size {
                width: form.width,
                height: form.height,
            };
            let place = WindowPlace {
                x: form.x,
                y: form.y,
                size,
                is_maximized: form.maximized,
            };
            (form.screens, place)
        };
        Ok(Self::kept(form.into_iter().map(place)))
    }
}
