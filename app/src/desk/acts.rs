//! The acts of a page with many forms.

/// Declares the server actions of a page, which are made once, at its top. `done()` grows with each that came to an end and changed
/// something, and is part of the key of the page's resource, so that the page loads again; `forget()` drops their refusals, for when
/// another form is opened.
macro_rules! acts {
    ($vis:vis $name:ident { $($act:ident: $server_fn:ty),+ $(,)? }) => {
        #[derive(Clone, Copy)]
        $vis struct $name {
            $($act: leptos::prelude::ServerAction<$server_fn>,)+
            done: leptos::prelude::Signal<usize>,
        }

        impl $name {
            $vis fn new() -> Self {
                $(let $act = leptos::prelude::ServerAction::<$server_fn>::new();)+
                let ends = [$(crate::ui::form::successes($act)),+];
                let done = leptos::prelude::Signal::derive(move || ends.iter().map(leptos::prelude::Get::get).sum());
                Self { $($act,)+ done }
            }

            $vis fn done(self) -> usize {
                leptos::prelude::Get::get(&self.done)
            }

            // A success stays: the page may not have loaded again yet.
            $vis fn forget(self) {
                use leptos::prelude::WithUntracked as _;
                $(if self.$act.value().with_untracked(|end| matches!(end, Some(Err(_)))) {
                    self.$act.clear();
                })+
            }
        }
    };
}
