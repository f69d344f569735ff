//! The order of another program's properties is kept, and nothing else is touched.

use proptest::prelude::*;
use serde_json::json;

use super::wild;
use crate::value::order_like;

#[test]
fn what_the_model_lacks_stays_behind_its_neighbour() {
    let mut value = json!({ "a": 1, "b": 2, "c": [{ "x": 1, "y": 2 }, { "x": 3 }], "d": 4 });
    order_like(&mut value, &json!({ "gone": 0, "d": 0, "c": [{ "y": 0, "x": 0 }], "a": 0 }));
    assert_eq!(value.to_string(), r#"{"d":4,"c":[{"y":2,"x":1},{"x":3}],"a":1,"b":2}"#);
}

proptest! {
    #[test]
    fn only_the_order_changes(value in wild(), model in wild()) {
        let mut ordered = value.clone();
        order_like(&mut ordered, &model);
        prop_assert_eq!(&ordered, &value);
        let once = ordered.to_string();
        order_like(&mut ordered, &model);
        prop_assert_eq!(ordered.to_string(), once);
        order_like(&mut ordered, &value);
        prop_assert_eq!(ordered.to_string(), value.to_string());
    }
}
