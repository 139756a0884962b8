//! The form of a story.

/// A story told twice, once on each database. The teller brings `On` and a `TestTown` with `new(On)`.
#[macro_export]
macro_rules! story {
    ($name:ident, $town:ident, $body:block) => {
        mod $name {
            use super::*;

            async fn story($town: TestTown) $body

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn on_sqlite() {
                story(TestTown::new(On::Sqlite).await).await;
            }

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn on_postgres() {
                story(TestTown::new(On::Postgres).await).await;
            }
        }
    };
}
