//! Values that go into statements and rows that come out, the same for both databases.

use std::str::FromStr as _;
use std::sync::Arc;

use jiff::{Timestamp, civil};

use crate::clock::micros;
use crate::{Error, Result};

#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    Null,
    Text(String),
    Int(i64),
    Real(f64),
    Bool(bool),
    Blob(Vec<u8>),
}

macro_rules! value_from {
    ($($kind:ty => $make:expr),+ $(,)?) => {$(
        impl From<$kind> for Value {
            fn from(value: $kind) -> Self {
                let make: fn($kind) -> Value = $make;
                make(value)
            }
        }

        impl From<Option<$kind>> for Value {
            fn from(value: Option<$kind>) -> Self {
                value.map_or(Self::Null, Self::from)
            }
        }
    )+};
}

value_from!(
    &str => |text| Value::Text(text.to_owned()),
    String => Value::Text,
    &String => |text| Value::Text(text.clone()),
    i64 => Value::Int,
    i32 => |number| Value::Int(number.into()),
    u32 => |number| Value::Int(number.into()),
    usize => |number| Value::Int(i64::try_from(number).unwrap_or(i64::MAX)),
    f64 => Value::Real,
    bool => Value::Bool,
    Vec<u8> => Value::Blob,
    Timestamp => |moment| Value::Int(moment.as_microsecond()),
    civil::Date => |day| Value::Text(day.to_string()),
    serde_json::Value => |json| Value::Text(json.to_string()),
    &serde_json::Value => |json| Value::Text(json.to_string()),
);

/// Values for `$1`, `$2`, … in order.
#[macro_export]
macro_rules! params {
    ($($value:expr),* $(,)?) => { vec![$($crate::Value::from($value)),*] };
}

#[derive(Debug, Clone)]
pub struct Row {
    pub(super) columns: Arc<[String]>,
    pub(super) values: Vec<Value>,
}

impl Row {
    pub fn value(&self, column: &str) -> Result<&Value> {
        self.columns
            .iter()
            .position(|name| name == column)
            .and_then(|at| self.values.get(at))
            .ok_or_else(|| Error::Internal(format!("the row has no column {column}")))
    }

    pub fn optional_text(&self, column: &str) -> Result<Option<String>> {
        match self.value(column)? {
            Value::Null => Ok(None),
            Value::Text(text) => Ok(Some(text.clone())),
            other => Err(wrong(column, "text", other)),
        }
    }

    pub fn text(&self, column: &str) -> Result<String> {
        self.optional_text(column)?.ok_or_else(|| wrong(column, "text", &Value::Null))
    }

    pub fn optional_int(&self, column: &str) -> Result<Option<i64>> {
        match self.value(column)? {
            Value::Null => Ok(None),
            Value::Int(number) => Ok(Some(*number)),
            Value::Bool(flag) => Ok(Some(i64::from(*flag))),
            other => Err(wrong(column, "whole number", other)),
        }
    }

    pub fn int(&self, column: &str) -> Result<i64> {
        self.optional_int(column)?.ok_or_else(|| wrong(column, "whole number", &Value::Null))
    }

    pub fn real(&self, column: &str) -> Result<f64> {
        match self.value(column)? {
            Value::Real(number) => Ok(*number),
            Value::Int(number) => Ok(*number as f64),
            other => Err(wrong(column, "number", other)),
        }
    }

    pub fn flag(&self, column: &str) -> Result<bool> {
        Ok(self.optional_int(column)?.is_some_and(|number| number != 0))
    }

    pub fn optional_time(&self, column: &str) -> Result<Option<Timestamp>> {
        Ok(self.optional_int(column)?.map(micros))
    }

    pub fn time(&self, column: &str) -> Result<Timestamp> {
        self.int(column).map(micros)
    }

    pub fn optional_date(&self, column: &str) -> Result<Option<civil::Date>> {
        let Some(text) = self.optional_text(column)? else { return Ok(None) };
        Ok(Some(civil::Date::from_str(&text)?))
    }

    pub fn date(&self, column: &str) -> Result<civil::Date> {
        self.optional_date(column)?.ok_or_else(|| wrong(column, "date", &Value::Null))
    }

    pub fn blob(&self, column: &str) -> Result<Vec<u8>> {
        match self.value(column)? {
            Value::Blob(bytes) => Ok(bytes.clone()),
            other => Err(wrong(column, "bytes", other)),
        }
    }

    pub fn id<T: From<String>>(&self, column: &str) -> Result<T> {
        self.text(column).map(T::from)
    }

    pub fn optional_id<T: From<String>>(&self, column: &str) -> Result<Option<T>> {
        Ok(self.optional_text(column)?.map(T::from))
    }

    pub fn json<T: serde::de::DeserializeOwned>(&self, column: &str) -> Result<T> {
        match self.value(column)? {
            Value::Text(text) => Ok(serde_json::from_str(text)?),
            other => Err(wrong(column, "JSON", other)),
        }
    }
}

fn wrong(column: &str, wanted: &str, found: &Value) -> Error {
    Error::Internal(format!("column {column} holds {found:?}, not {wanted}"))
}
