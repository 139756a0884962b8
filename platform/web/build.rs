//! Builds anew when an asset came or went; what the files hold is seen without this.

fn main() {
    println!("cargo:rerun-if-changed=dist");
}
