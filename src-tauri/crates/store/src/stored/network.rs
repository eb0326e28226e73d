//! The way to SolveXia.

use std::path::PathBuf;

use runwatch_core::network::{Network, Proxy};
use serde::{Deserialize, Serialize};

use super::Stored;

#[derive(Serialize, Deserialize)]
pub struct NetworkForm {
    #[serde(default)]
    proxy: ProxyForm,
    extra_ca: Option<PathBuf>,
}

#[derive(Default, Serialize, Deserialize)]
#[serde(tag = "use", rename_all = "kebab-case")]
enum ProxyForm {
    #[default]
    System,
    Direct,
    Manual {
        address: String,
        #[serde(default)]
        user: String,
    },
}

impl Stored for Network {
    type Form = NetworkForm;

    fn to_form(&self) -> NetworkForm {
        NetworkForm {
            proxy: match &self.proxy {
                Proxy::System => ProxyForm::System,
                Proxy::Direct => ProxyForm::Direct,
                Proxy::Manual { address, user } => ProxyForm::Manual {
                    address: address.clone(),
                    user: user.clone(),
                },
            },
            extra_ca: self.extra_ca.clone(),
        }
    }

    fn from_form(form: NetworkForm) -> rusqlite::Result<Self> {
        Ok(Self {
            proxy: match form.proxy {
                ProxyForm::System => Proxy::System,
                ProxyForm::Direct => Proxy::Direct,
                ProxyForm::Manual { address, user } => Proxy::Manual { address, user },
            },
            extra_ca: form.extra_ca,
        })
    }
}
