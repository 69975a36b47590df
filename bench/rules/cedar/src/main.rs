// SPDX-License-Identifier: Apache-2.0
// rival_cedar DIR PASSES: all policies over each request; prints the nanoseconds of each pass and request, and
// leaves in DIR/cedar.txt which policies held. Policies and requests are parsed before any clock runs.
use cedar_policy::{Authorizer, Context, Entities, EntityUid, Policy, PolicyId, PolicySet, Request};
use std::{fmt::Write, fs, time::Instant};

fn policies(text: &str) -> PolicySet {
    let parsed: PolicySet = text.parse().expect("policies");
    let mut out = PolicySet::new();
    for policy in parsed.policies() {
        let id = policy.annotation("id").expect("an id").to_string();
        let source = policy.to_string();
        out.add(Policy::parse(Some(PolicyId::new(id)), source).expect("policy")).expect("one id");
    }
    out
}

fn request(mut facts: serde_json::Value) -> Request {
    let map = facts.as_object_mut().expect("an object");
    let act = map.remove("act").map_or("none".to_string(), |v| v.as_str().unwrap().to_string());
    let uid = |text: &str| text.parse::<EntityUid>().expect("an entity");
    let context = Context::from_json_value(facts, None).expect("context");
    Request::new(uid("User::\"u\""), uid(&format!("Action::\"{act}\"")), uid("Data::\"d\""), context, None)
        .expect("request")
}

fn main() {
    let args: Vec<String> = std::env::args().collect();
    let read = |name: &str| fs::read_to_string(format!("{}/{name}", args[1])).expect(name);
    let policies = policies(&read("policies.cedar"));
    let list: Vec<serde_json::Value> = serde_json::from_str(&read("requests.json")).expect("requests");
    let requests: Vec<Request> = list.into_iter().map(request).collect();
    let authorizer = Authorizer::new();
    let entities = Entities::empty();
    let mut fired = String::new();
    for pass in 0..args[2].parse::<usize>().expect("passes") {
        for request in &requests {
            let start = Instant::now();
            let response = authorizer.is_authorized(request, &policies, &entities);
            println!("{}", start.elapsed().as_nanos());
            if pass > 0 {
                continue;
            }
            assert!(response.diagnostics().errors().next().is_none());
            let mut ids: Vec<String> = response.diagnostics().reason().map(|id| id.to_string()).collect();
            ids.sort();
            writeln!(fired, "{}", ids.join(" ")).unwrap();
        }
    }
    fs::write(format!("{}/cedar.txt", args[1]), fired).expect("cedar.txt");
}
