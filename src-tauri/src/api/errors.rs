//! Errors of all kinds as the page shows them.

use runwatch_contract::{AppError, ErrorCode};
use runwatch_core::close::holidays::PasteError;
use runwatch_core::environment::EnvironmentError;
use runwatch_core::error::{CallError, StoreError, Trouble, VaultError};
use runwatch_core::ids::IdError;
use runwatch_core::policy::Refusal;
use runwatch_core::run_reference::ReferenceError;
use runwatch_core::words;
use runwatch_engine::EngineError;
use runwatch_engine::close::CloseError;
use solvexia::SignInError;

/// Turns an error of another crate into the page's.
pub trait ForPage {
    /// The page's error.
    fn for_page(&self) -> AppError;
}

impl ForPage for CallError {
    fn for_page(&self) -> AppError {
        let code = match self.trouble {
            Trouble::SignedOut => ErrorCode::SignedOut,
            Trouble::Forbidden => ErrorCode::Forbidden,
            Trouble::NotFound => ErrorCode::NotFound,
            Trouble::Offline => ErrorCode::Offline,
            Trouble::BadAnswer => ErrorCode::BadAnswer,
            Trouble::Keychain => ErrorCode::Keychain,
            Trouble::Policy => ErrorCode::Policy,
            Trouble::Refused | Trouble::NotAllowed | Trouble::Busy | Trouble::Server => {
                ErrorCode::Server
            }
        };
        AppError {
            code,
            message: self.message.clone(),
            support_id: self.support_id.clone(),
            retry_after_ms: self
                .retry_after
                .and_then(|wait| i64::try_from(wait.as_millis()).ok()),
        }
    }
}

impl ForPage for EngineError {
    fn for_page(&self) -> AppError {
        let code = match self {
            Self::Call(error) => return error.for_page(),
            Self::Store(error) => return error.for_page(),
            Self::NotNow(_) | Self::ActionFirst => ErrorCode::NotNow,
            Self::Changed(_) => ErrorCode::Changed,
            Self::NoSuchRun => ErrorCode::NotFound,
            Self::Close(error) => return error.for_page(),
        };
        AppError::new(code, self.to_string())
    }
}

impl ForPage for CloseError {
    fn for_page(&self) -> AppError {
        let code = match self {
            Self::NoSuchPlan | Self::NoSuchClose | Self::NoSuchItem => ErrorCode::NotFound,
            Self::Plan(_) | Self::Open(_) | Self::Bind(_) | Self::NoSuchPeriod => ErrorCode::BadId,
            Self::AlreadyOpen | Self::NoAccount | Self::OtherAccount | Self::NothingKnown => {
                ErrorCode::NotNow
            }
        };
        AppError::new(code, self.to_string())
    }
}

macro_rules! with_code {
    ($($error:ty => $code:ident),* $(,)?) => {
        $(impl ForPage for $error {
            fn for_page(&self) -> AppError {
                AppError::new(ErrorCode::$code, self.to_string())
            }
        })*
    };
}

with_code!(
    StoreError => Store,
    VaultError => Keychain,
    IdError => BadId,
    EnvironmentError => BadId,
    PasteError => BadId,
);

impl ForPage for Refusal {
    fn for_page(&self) -> AppError {
        AppError::new(ErrorCode::Policy, words::policy::refusal(self))
    }
}

impl ForPage for ReferenceError {
    fn for_page(&self) -> AppError {
        let code = match self {
            Self::OtherEnvironment { .. } => ErrorCode::OtherEnvironment,
            Self::Id(_) | Self::NoRun | Self::Several(_) => ErrorCode::BadId,
        };
        AppError::new(code, self.to_string())
    }
}

impl ForPage for SignInError {
    fn for_page(&self) -> AppError {
        let code = match self {
            Self::Call(error) => return error.for_page(),
            Self::Stopped => ErrorCode::Stopped,
            Self::PortTaken { .. } | Self::PortRefused { .. } => ErrorCode::PortTaken,
            _ => ErrorCode::SignedOut,
        };
        AppError::new(code, self.to_string())
    }
}
